using System.Collections.Immutable;

namespace LookupProxy.Resolution.Model;

/// <summary>The local copy of one directory's recipients.</summary>
public sealed record SnapshotSettings
{
    public SnapshotMode Mode { get; init; } = SnapshotMode.Fallback;

    /// <summary>Between readings: of changes where the directory can tell them, else of all. Spread by a tenth, so that nodes don't read together.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Between readings of all, also where changes are told.</summary>
    public TimeSpan FullEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A copy older than this is not used.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(7);

    /// <summary>A reading after which more than this share of the recipients would be gone is refused; 1 accepts every reading. Counts from 20 recipients; that none is left counts always.</summary>
    public double MaxShrink { get; init; } = 0.2;

    /// <summary>Only hashes of addresses are kept, in memory and on disk, and no attributes.</summary>
    public bool IsHashed { get; init; }

    /// <summary>Null keeps it in memory only.</summary>
    public string? Path { get; init; }

    /// <summary>Published attributes of a recipient are kept when their values have no more octets together.</summary>
    public int MaxAttributes { get; init; } = 512;

    public ImmutableArray<string> PublishedAttributes { get; init; } = [];

    public bool CaseSensitive { get; init; }

    /// <summary>What is copied (search bases, filter, …), in any words: after a change of it the copy from before is read anew whole.</summary>
    public string Origin { get; init; } = "";
}
