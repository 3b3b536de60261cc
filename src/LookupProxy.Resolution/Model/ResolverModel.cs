using System.Collections.Immutable;

namespace LookupProxy.Resolution.Model;

/// <summary>All that resolution needs of a checked configuration. Immutable; a request holds one for its whole life.</summary>
public sealed record ResolverModel
{
    public required ImmutableArray<NamespaceDefinition> Namespaces { get; init; }

    public ImmutableArray<ViewDefinition> Views { get; init; } = [];

    /// <summary>By directory name.</summary>
    public ImmutableDictionary<string, ResilienceSettings> Resilience { get; init; } = ImmutableDictionary<string, ResilienceSettings>.Empty;

    /// <summary>By directory name; those without a local copy are not in it.</summary>
    public ImmutableDictionary<string, SnapshotSettings> Snapshots { get; init; } = ImmutableDictionary<string, SnapshotSettings>.Empty;

    public CacheSettings Cache { get; init; } = new();

    /// <summary>For a whole lookup. Below the clients' 5 to 10 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(4);
}
