using System.Collections.Immutable;
using StackExchange.Redis;

namespace LookupProxy.Storage.Redis.News;

/// <summary>What Redis knows of the news at one moment.</summary>
/// <param name="Last">Number of the newest; 0 when there are none.</param>
/// <param name="Trimmed">Those up to this number are in the log no more.</param>
/// <param name="Flushes">Domain, or <see cref="FlushMarks.All"/>, and the number of its last flush.</param>
/// <param name="Overrides">As <see cref="NewsCodec"/> writes them.</param>
/// <param name="Entries">Later than what the node has heard: the number, and the item.</param>
internal sealed record NewsState(
    long Last, long Trimmed, ImmutableArray<(string Scope, long Number)> Flushes, ImmutableArray<byte[]> Overrides, ImmutableArray<byte[]> Entries)
{
    /// <summary>The news that the node has heard last are not there any more, and were not let go: Redis has lost them, and who knows what else.</summary>
    public bool HasLostTheLast { get; init; }

    /// <summary>Of what <see cref="RedisScripts.CatchUp"/> gives.</summary>
    /// <param name="since">The number of the news heard last.</param>
    public static NewsState Of(RedisResult result, long since)
    {
        var parts = (RedisResult[]?)result ?? [];
        var flushes = (RedisValue[]?)parts[2] ?? [];
        var overrides = (RedisValue[]?)parts[3] ?? [];
        var entries = (RedisValue[]?)parts[4] ?? [];
        var trimmed = (long)parts[1];
        return new NewsState(
            (long)parts[0],
            trimmed,
            [.. flushes.Chunk(2).Select(static pair => ((string)pair[0]!, (long)pair[1]))],
            [.. overrides.Chunk(2).Select(static pair => (byte[])pair[1]!)],
            [.. entries.Select(static entry => (byte[])entry!)])
        {
            // A node that found no news at its first reading has heard number 1, which is never given.
            HasLostTheLast = since > 1 && trimmed < since && (long)parts[5] == 0,
        };
    }
}
