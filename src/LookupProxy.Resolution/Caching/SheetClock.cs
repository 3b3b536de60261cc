using Microsoft.Extensions.Internal;

namespace LookupProxy.Resolution.Caching;

/// <summary>
/// Time since the resolver was made, in ticks of 100 ns. It only goes forward: a wall clock that is set back must not keep an Absent fresh.
/// </summary>
internal sealed class SheetClock(TimeProvider time) : ISystemClock
{
    private readonly long _start = time.GetTimestamp();

    public TimeProvider Time => time;

    public long Now => time.GetElapsedTime(_start).Ticks;

    /// <summary>For the memory cache, which wants a date: the same time counted from the Unix epoch.</summary>
    public DateTimeOffset UtcNow => ToDate(Now);

    public static DateTimeOffset ToDate(long now) => DateTimeOffset.UnixEpoch.AddTicks(now);
}
