using LookupProxy.Core.Lookups;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Flushing;

/// <summary>Forgets, in this order: questions under way are not kept, memory, the store, the other nodes.</summary>
internal sealed class Flusher(FlushLog log, Flights flights, SheetCache cache, SheetClock clock, SecondLevel second, ILogger logger)
{
    /// <summary>For the store to forget. One that can't in this time does it later; the log keeps what it brings until then from being believed.</summary>
    private static readonly TimeSpan StoreLimit = TimeSpan.FromSeconds(2);

    public async ValueTask<FlushResult> FlushAsync(FlushScope scope, CompiledModel model, CancellationToken cancellationToken)
    {
        var mark = FlushMark.Of(scope, model, clock.Now);
        var sheets = Forget(mark);
        var forgot = second.Store is null || await ForgetInStoreAsync(second.Store, mark, cancellationToken);
        var telling = second.News is null ? Telling.Done : await second.News.FlushedAsync(scope, cancellationToken);
        return new FlushResult(sheets, telling == Telling.Done, forgot || telling == Telling.Kept);
    }

    /// <summary>What another node's administrator flushed. The store has forgotten already: it is shared.</summary>
    public void Hear(FlushScope scope, CompiledModel model) => Forget(FlushMark.Of(scope, model, clock.Now));

    private int Forget(FlushMark mark)
    {
        log.Add(mark);
        flights.Forget(mark);
        return cache.Forget(mark);
    }

    /// <returns>False when the store could not do it yet.</returns>
    private async ValueTask<bool> ForgetInStoreAsync(IAnswerStore store, FlushMark mark, CancellationToken cancellationToken)
    {
        var forgets = mark.InStore.Select(scope => store.ForgetAsync(scope, cancellationToken).AsTask()).ToArray();
        try
        {
            return (await Task.WhenAll(forgets).WaitAsync(StoreLimit, clock.Time, cancellationToken)).All(static forgot => forgot);
        }
        catch (TimeoutException)
        {
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ResolutionLog.StoreFault(logger, store.Type, exception);
        }

        return false;
    }
}
