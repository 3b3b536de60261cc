using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Caching;

/// <summary>What one directory said of an address, and when. Times are <see cref="SheetClock"/> ticks.</summary>
/// <param name="Answer">Exists or Absent, never Unknown; null when the directory has said nothing yet.</param>
/// <param name="FreshUntil">Exclusive.</param>
/// <param name="Took">Time the directory took to say it; <see cref="NotHeard"/> when the answer came out of the store.</param>
internal readonly record struct Slot(Answer? Answer, long GivenAt, long FreshUntil, long Took)
{
    public const long NotHeard = -1;

    /// <summary>Another node, or this one before it was started again, was told so.</summary>
    public bool IsStored => Took == NotHeard;

    /// <summary>When the question was put; when the answer was given, where that is not known.</summary>
    public long AskedAt => IsStored ? GivenAt : GivenAt - Took;

    public bool IsFresh(long now) => FreshUntil > now;

    /// <summary>Fresh, or given since a lookup began: an answer got for a lookup is good for it however short its time.</summary>
    public bool IsFresh(long now, long since) => FreshUntil > now || IsLive(since);

    /// <summary>Given to this node since then; an empty slot never is, not even in the clock's first instant.</summary>
    public bool IsLive(long since) => Answer is not null && GivenAt >= since && !IsStored;
}
