using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>When to read, and whether all.</summary>
internal sealed class ReadingSchedule(SnapshotSettings settings, Chance chance)
{
    private const double Jitter = 0.1;
    private const int ChangesGivenUpAfter = 3;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(10);

    private int _failures;
    private TimeSpan _fullEvery = Spread(settings.FullEvery, chance);

    /// <summary>After a start, until the first reading.</summary>
    public TimeSpan First(RecipientCopy? copy, DateTimeOffset now)
    {
        if (copy?.Stamp.Mark is null)
            return TimeSpan.Zero;
        // Nodes that start together shall not read together, and a clock that was set back shall not put it off.
        var due = copy.Stamp.ReadAt + Spread(settings.Every, chance) - now;
        return due < TimeSpan.Zero ? Spread(TimeSpan.FromSeconds(5), chance) : due > settings.Every ? settings.Every : due;
    }

    public TimeSpan Next() => _failures == 0
        ? Spread(settings.Every, chance)
        : Spread(Min(settings.Every, FirstRetry * Math.Pow(2, Math.Min(_failures - 1, 20))), chance);

    /// <summary>All is to be read, not only changes.</summary>
    public bool IsFullDue(RecipientCopy? copy, DateTimeOffset now) =>
        copy?.Stamp.Mark is null || now - copy.Stamp.FullAt >= _fullEvery || now < copy.Stamp.FullAt || _failures >= ChangesGivenUpAfter;

    public void Succeeded(bool all)
    {
        _failures = 0;
        if (all)
            _fullEvery = Spread(settings.FullEvery, chance);
    }

    public void Failed() => _failures++;

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Spread(TimeSpan time, Chance chance) => time * (1 - Jitter + (2 * Jitter * chance.Next()));
}
