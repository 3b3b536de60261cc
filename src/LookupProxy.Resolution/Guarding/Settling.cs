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

    private long _until = long.MinValue;
    private long? _troubleSince;

    public bool IsOn => clock.Now < Interlocked.Read(ref _until);

    public void TroubleBegins() => _troubleSince ??= clock.Now;

    public void Begin()
    {
        var now = clock.Now;
        var trouble = now - (_troubleSince ?? now);
        _troubleSince = null;
        Interlocked.Exchange(ref _until, now + Math.Max(Math.Min(trouble / Share, longest.Ticks), Shortest));
    }

    public void End()
    {
        _troubleSince = null;
        Interlocked.Exchange(ref _until, long.MinValue);
    }
}
