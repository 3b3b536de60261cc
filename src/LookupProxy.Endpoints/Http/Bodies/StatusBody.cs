namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The answer of a probe.</summary>
internal sealed record StatusBody(string Status);
