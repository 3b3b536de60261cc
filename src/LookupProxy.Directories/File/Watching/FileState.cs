using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.File.Watching;

/// <summary>What is known of the file at one time. Swapped whole. Times are timestamps of the clock.</summary>
internal sealed record FileState
{
    /// <summary>The last good content; null before there is one.</summary>
    public RecipientSet? Set { get; init; }

    /// <summary>What the content was before it lost addresses, while that is not yet confirmed.</summary>
    public RecipientSet? Before { get; init; }

    public long BeforeSince { get; init; }

    /// <summary>Why the content is not that of the file; null when it is.</summary>
    public string? Fault { get; init; }

    /// <summary>Since when there is a fault, whichever.</summary>
    public DateTimeOffset FaultSince { get; init; }

    /// <summary>Since when the file differs from the content without having settled.</summary>
    public long? ChangingSince { get; init; }

    /// <summary>When the file was last looked at.</summary>
    public long CheckedAt { get; init; }
}
