namespace LookupProxy.Core.Health;

/// <summary>The local copy of a directory's recipients.</summary>
/// <param name="Mode">The configuration's word: fallback, primary.</param>
/// <param name="Recipients">In the copy; null when there is none.</param>
/// <param name="ReadAt">When the directory was last read, whole or for changes; null when there is no copy.</param>
/// <param name="FullAt">When it was last read whole.</param>
/// <param name="LastError">Of the last reading, when that failed or was refused.</param>
/// <param name="NextAt">When the next reading is due; null while one is under way.</param>
public sealed record SnapshotHealth(
    string Mode,
    SnapshotState State,
    long? Recipients,
    DateTimeOffset? ReadAt,
    DateTimeOffset? FullAt,
    DateTimeOffset? LastErrorAt,
    string? LastError,
    DateTimeOffset? NextAt)
{
    /// <summary>Recipients that the reading under way has brought so far; null when none is.</summary>
    public long? Reading { get; init; }

    /// <summary>How many it will bring, as the directory estimates; null when not known.</summary>
    public long? Expected { get; init; }
}
