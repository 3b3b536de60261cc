namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The directories' answers count again.</summary>
public sealed record OverrideRemovedBody
{
    public required string Address { get; init; }

    /// <summary>Whether all nodes have been told. Those that could not be reached hear of it when they can.</summary>
    public required bool AllNodesTold { get; init; }
}
