namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The answer of a probe.</summary>
public sealed record StatusBody(string Status);
