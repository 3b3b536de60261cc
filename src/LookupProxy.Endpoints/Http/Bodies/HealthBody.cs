using System.Text.Json.Serialization;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of every directory, and what an administrator must look at.</summary>
public sealed record HealthBody
{
    /// <summary>healthy: every directory can answer, the store works and there is no alarm. degraded: one of these is not so. unhealthy: no directory can answer.</summary>
    public required HealthWord Status { get; init; }

    public required IReadOnlyList<DirectoryBody> Directories { get; init; }

    /// <summary>Absent when there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StoreBody? Store { get; init; }

    public IReadOnlyList<AlarmBody> Alarms { get; init; } = [];
}
