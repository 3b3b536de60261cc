namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of every directory.</summary>
public sealed record HealthBody
{
    /// <summary>healthy: every directory can answer. degraded: some can't. unhealthy: none can.</summary>
    public required HealthWord Status { get; init; }

    public required IReadOnlyList<DirectoryBody> Directories { get; init; }
}
