using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Timing;

/// <summary>
/// Notices when the time of day and the resolver's own time come apart. The machine has slept, which the resolver's time does not count: what was heard before is
/// older than it looks. Or the clock was set: of what a store wrote down before, the age can't be told.
/// </summary>
/// <param name="forget">Called once for a jump, before anybody is told of it.</param>
internal sealed class ClockWatch(SheetClock clock, Action<TimeSpan> forget)
{
    /// <summary>The two are read one after the other, and a thread may be stopped in between. Small steps add up until they are noticed.</summary>
    private static readonly long Tolerance = TimeSpan.FromSeconds(5).Ticks;

    private readonly Lock _gate = new();
    private long _apart = Apart(clock);
    private long _setBackFrom;

    /// <summary>The latest time of day that there was before it was set back: what was written down until then may be of any age. The beginning of time when it never was.</summary>
    public DateTimeOffset SetBackFrom => new(Interlocked.Read(ref _setBackFrom), TimeSpan.Zero);

    /// <returns>True when they have come apart since somebody last looked: what was decided by then is to be decided anew.</returns>
    public bool Notices()
    {
        if (!IsJump(Apart(clock) - Interlocked.Read(ref _apart)))
            return false;
        lock (_gate)
        {
            var apart = Apart(clock);
            var by = apart - _apart;
            if (IsJump(by))
            {
                forget(TimeSpan.FromTicks(by));
                if (by < 0)
                    Interlocked.Exchange(ref _setBackFrom, Math.Max(_setBackFrom, _apart + clock.Now));
                Interlocked.Exchange(ref _apart, apart);
            }
        }

        return true;
    }

    private static bool IsJump(long by) => Math.Abs(by) >= Tolerance;

    private static long Apart(SheetClock clock) => clock.Time.GetUtcNow().UtcTicks - clock.Now;
}
