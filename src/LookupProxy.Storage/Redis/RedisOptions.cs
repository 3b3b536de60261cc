using System.Collections.Immutable;

namespace LookupProxy.Storage.Redis;

public sealed record RedisOptions
{
    /// <summary>Some nodes of a Redis Cluster (the others are found), or a primary and its replicas.</summary>
    public required ImmutableArray<RedisEndpoint> Endpoints { get; init; }

    /// <summary>Read anew for each connection that is opened; null: none is sent.</summary>
    public Func<string>? ReadPassword { get; init; }

    /// <summary>Null: the connection is not encrypted.</summary>
    public RedisTlsOptions? Tls { get; init; }

    /// <summary>A Redis Cluster has only 0.</summary>
    public int Database { get; init; }

    /// <summary>Before every key and channel, so that others can use the same Redis.</summary>
    public string Prefix { get; init; } = "lookupproxy:";

    /// <summary>For one lookup's read. What is slower than this is not waited for.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Sheets that may wait to be written; the oldest are let go for more.</summary>
    public int QueueLimit { get; init; } = 10_000;

    /// <summary>How long an Exists is kept after it was given: while it is fresh, and while it may help when its directory is away.</summary>
    public required TimeSpan KeepFor { get; init; }

    /// <summary>All that Redis holds besides answers is compared this often: what it has lost is noticed, and what nobody reads for long it may evict.</summary>
    internal TimeSpan LookOverEvery { get; init; } = TimeSpan.FromSeconds(30);
}
