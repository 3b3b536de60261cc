namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The overrides that have not expired, those that end first first.</summary>
public sealed record OverridesBody
{
    public required IReadOnlyList<OverrideBody> Overrides { get; init; }
}
