using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// The time after a server has shown that those of its people who were asked for are there again. Others may still be to come: one in sixty, when sixty were asked for.
/// Whoever was there and is gone in that time is the sign of it. Nobody else waits for it.
/// </summary>
/// <param name="longest">However long the trouble was.</param>
internal sealed class Settling(SheetClock clock, TimeSpan longest)
{
    private static readonly long Shortest = TimeSpan.FromSeconds(10).Ticks;

    /// <summary>Of the time that the trouble has lasted: some times what is still to come on an average.</summary>
    private const int Share = 10;

    private const long Never = long.MinValue;

    private long _until = Never;
    private long _troubleSince = Never;

    public bool IsOn => clock.Now < Interlocked.Read(ref _until);

    public void TroubleBegins() => Interlocked.CompareExchange(ref _troubleSince, clock.Now, Never);

    public void Begin()
    {
        var now = clock.Now;
        var since = Interlocked.Exchange(ref _troubleSince, Never);
        var trouble = since == Never ? 0 : now - since;
        Interlocked.Exchange(ref _until, now + Math.Max(Math.Min(trouble / Share, longest.Ticks), Shortest));
    }

    public void End()
    {
        Interlocked.Exchange(ref _troubleSince, Never);
        Interlocked.Exchange(ref _until, Never);
    }
}
