using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Federation;

/// <summary>One directory as a flight sees it: a question always ends in an answer, in bounded time, and never in an exception.</summary>
internal interface IDirectoryAsker
{
    string Name { get; }

    /// <summary>An absence counts when its question was put at this time or later: it moves on when the directory is found to deny who is there. Ticks.</summary>
    long AbsencesCountFrom { get; }

    /// <summary>One of its servers denies who is there: what it has told another node, which may not have noticed, is no absence either.</summary>
    bool IsDoubted => false;

    /// <summary>Stands for what it is asked: see <see cref="Core.Storage.StoredAnswer.Origin"/>.</summary>
    uint Origin => 0;

    /// <summary>All that may be told of its recipients.</summary>
    IReadOnlyCollection<string> PublishedAttributes => [];

    /// <summary>What is kept here of its recipients; null when nothing is.</summary>
    ILocalCopy? Copy => null;

    /// <param name="seenAt">When it last said of this address that it exists, as far as is known; null when it never did. Ticks.</param>
    ValueTask<Answer> AskAsync(Address address, long? seenAt);

    /// <summary>It was told to somebody else, and not long ago, that this one exists.</summary>
    void Hear(Address somebody)
    {
    }
}
