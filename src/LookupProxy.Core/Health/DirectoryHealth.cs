using System.Collections.Immutable;

namespace LookupProxy.Core.Health;

public sealed record DirectoryHealth(string Name, string Type, ImmutableArray<ServerHealth> Servers)
{
    /// <summary>At least one server's circuit lets questions pass.</summary>
    public bool CanAnswer => Servers.Any(static server => server.CanAnswer);

    /// <summary>Null when no local copy of it is kept.</summary>
    public SnapshotHealth? Snapshot { get; init; }
}
