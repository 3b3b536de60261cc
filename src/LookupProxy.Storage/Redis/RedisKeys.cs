using StackExchange.Redis;

namespace LookupProxy.Storage.Redis;

/// <summary>
/// What things are called in Redis. One hash holds all that is known of an address, in all namespaces, so that it can be forgotten without knowing these.
/// The keys of the news have one hash tag: a script that touches them works in a Redis Cluster.
/// </summary>
internal sealed class RedisKeys(string prefix)
{
    private readonly string _sheets = prefix + "sheet:";

    /// <summary>The source of numbers: microseconds, each higher than the one before.</summary>
    public RedisKey Number { get; } = prefix + "{news}:number";

    /// <summary>The number of the newest news.</summary>
    public RedisKey Last { get; } = prefix + "{news}:last";

    /// <summary>The newest news, sorted by number.</summary>
    public RedisKey Log { get; } = prefix + "{news}:log";

    /// <summary>The highest number that the log has let go.</summary>
    public RedisKey Trimmed { get; } = prefix + "{news}:trimmed";

    /// <summary>Domain, or <see cref="FlushMarks.All"/>, and the number of its last flush.</summary>
    public RedisKey Flushes { get; } = prefix + "{news}:flushes";

    /// <summary>Address and override.</summary>
    public RedisKey Overrides { get; } = prefix + "{news}:overrides";

    public RedisChannel Channel { get; } = new(prefix + "news", RedisChannel.PatternMode.Literal);

    public RedisKey Sheet(string address) => _sheets + address;
}
