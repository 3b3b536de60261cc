using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>Asks anew, in the background, for addresses in use whose Exists will soon be old, so that nobody waits when it is.</summary>
internal sealed class RefreshAhead(Flights flights, int limit, ResolutionMetrics metrics)
{
    /// <summary>A refresh that brought nothing is tried again after this, if the address is still in use.</summary>
    private static readonly long Pause = TimeSpan.FromSeconds(10).Ticks;

    private int _underWay;

    public void Offer(AnswerSheet sheet, int directory, long now)
    {
        if (Volatile.Read(ref _underWay) >= limit || !sheet.ClaimRefresh(now, Pause))
            return;
        if (Interlocked.Increment(ref _underWay) > limit)
        {
            Interlocked.Decrement(ref _underWay);
            return;
        }

        metrics.Refreshed(sheet.Namespace);
        _ = RefreshAsync(sheet, directory);
    }

    private async Task RefreshAsync(AnswerSheet sheet, int directory)
    {
        try
        {
            // The lookup that noticed goes on first.
            await Task.Yield();
            using var signal = new TimedSignal(Timeout.InfiniteTimeSpan, flights.Clock.Time, CancellationToken.None);
            flights.Join(sheet.Namespace, sheet.ReadAddress(), sheet.Key, directory).Tell(signal, decisions: 0);
            await signal.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }
}
