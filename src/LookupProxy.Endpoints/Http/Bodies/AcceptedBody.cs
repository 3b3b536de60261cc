namespace LookupProxy.Endpoints.Http.Bodies;

/// <param name="Accepted">For people: what was accepted and what follows.</param>
public sealed record AcceptedBody(string Directory, IReadOnlyList<string> Accepted);
