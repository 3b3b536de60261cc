using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Caching;

/// <summary>How long an answer is fresh, and how long an old one may still help.</summary>
internal sealed class Lifetimes(CacheSettings settings, Chance chance)
{
    /// <summary>Longer than any process lives, and far from overflow when times are added.</summary>
    private static readonly long Longest = TimeSpan.FromDays(36_500).Ticks;

    private readonly long _exists = Bound(settings.Exists);
    private readonly long _absent = Bound(settings.Absent);
    private readonly double _jitter = Math.Clamp(settings.Jitter, 0, 1);
    private readonly double _refreshShare = Math.Clamp(settings.RefreshAhead, 0, 1);

    /// <summary>Ticks after <see cref="Slot.FreshUntil"/> in which an Exists may still make valid.</summary>
    public long StaleFor { get; } = Bound(settings.StaleFor);

    public Slot Give(Answer answer, long now, long took)
    {
        var time = answer is Answer.Exists ? _exists : _absent;
        var shortened = time - (long)(time * _jitter * chance.Next());
        return new Slot(answer, now, now + shortened, took);
    }

    /// <summary>
    /// An answer out of the store. Null when it counts for nothing: an Absent that is given only in the future, as where clocks differ or were set back, could hold
    /// somebody out for who knows how long. An Exists can't, but could let somebody in as long: one from far in the future helps only while its directory is away.
    /// </summary>
    /// <param name="freshFor">As it was when the answer was given; not longer than the settings of today.</param>
    public Slot? Restore(Answer answer, long given, TimeSpan freshFor, long now)
    {
        if (answer is not Answer.Exists && given > now)
            return null;
        var time = Math.Clamp(freshFor.Ticks, 0, answer is Answer.Exists ? _exists : _absent);
        if (given > now)
            given = given - now > ClockSkew.Limit.Ticks ? now - time : now;
        return new Slot(answer, given, given + time, Slot.NotHeard);
    }

    public bool IsDueForRefresh(in Slot slot, long now) =>
        slot.FreshUntil - now < (slot.FreshUntil - slot.GivenAt) * _refreshShare;

    /// <summary>Fresh, and given so short a time ago that somebody may be turned away by it.</summary>
    public bool IsRecent(in Slot slot, long now) => slot.IsFresh(now) && now - slot.GivenAt < _absent;

    private static long Bound(TimeSpan time) => Math.Clamp(time.Ticks, 0, Longest);
}
