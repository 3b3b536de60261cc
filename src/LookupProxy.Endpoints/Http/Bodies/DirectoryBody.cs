using System.Text.Json.Serialization;
using LookupProxy.Core.Health;

namespace LookupProxy.Endpoints.Http.Bodies;

/// <summary>The state of one directory.</summary>
public sealed record DirectoryBody
{
    public required string Name { get; init; }

    /// <summary>ldap, file, …</summary>
    public required string Type { get; init; }

    /// <summary>healthy: every server can be asked. degraded: some can't. unhealthy: none can.</summary>
    public required HealthWord Status { get; init; }

    public required IReadOnlyList<ServerBody> Servers { get; init; }

    /// <summary>Absent when no local copy is kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SnapshotBody? Snapshot { get; init; }

    public static DirectoryBody Of(DirectoryHealth directory) => new()
    {
        Name = directory.Name,
        Type = directory.Type,
        Status = directory.Servers.All(static server => server.CanAnswer) ? HealthWord.Healthy : directory.CanAnswer ? HealthWord.Degraded : HealthWord.Unhealthy,
        Servers = [.. directory.Servers.Select(ServerBody.Of)],
        Snapshot = directory.Snapshot is { } snapshot ? SnapshotBody.Of(snapshot) : null,
    };
}
