using System.Text.Json.Serialization;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of every directory.</summary>
public sealed record HealthBody
{
    /// <summary>healthy: every directory can answer, and the store works. degraded: some can't, or it does not. unhealthy: none can.</summary>
    public required HealthWord Status { get; init; }

    public required IReadOnlyList<DirectoryBody> Directories { get; init; }

    /// <summary>Absent when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoreBody? Store { get; init; }
}
