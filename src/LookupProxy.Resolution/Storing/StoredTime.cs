using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Storing;

/// <summary>
/// The one place where the resolver's time, which only goes forward and begins at the start, meets the time of day, which stores keep. Both clocks are read
/// at one instant and ages are carried over.
/// </summary>
internal readonly struct StoredTime(SheetClock clock)
{
    private readonly DateTimeOffset _utcNow = clock.Time.GetUtcNow();

    public long Now { get; } = clock.Now;

    public DateTimeOffset ToUtc(long ticks) => _utcNow.AddTicks(ticks - Now);

    /// <summary>Before the resolver's start it is negative.</summary>
    public long ToTicks(DateTimeOffset utc) => Now + (utc - _utcNow).Ticks;
}
