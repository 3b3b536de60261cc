using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis.Connecting;

namespace LookupProxy.Storage.Redis.News;

/// <summary>Tells the other nodes what this one's administrator does. What can't be told now is told when Redis works again.</summary>
internal sealed class NewsDesk(string node, RedisCommands commands, NewsLedger ledger, RedisGate gate, Action wake) : IClusterNews
{
    /// <summary>More flushes than this are one of everything.</summary>
    private const int Limit = 1000;

    private readonly Lock _lock = new();
    private readonly Queue<NewsItem> _untold = [];
    private int _flushes;

    public bool HasUntold
    {
        get
        {
            lock (_lock)
                return _untold.Count > 0;
        }
    }

    public ValueTask<Telling> FlushedAsync(FlushScope scope, CancellationToken cancellationToken) => TellAsync(new NewsItem.Flush(scope));

    public ValueTask<Telling> OverriddenAsync(Override entry, CancellationToken cancellationToken) => TellAsync(new NewsItem.Set(entry));

    public ValueTask<Telling> OverrideRemovedAsync(string address, CancellationToken cancellationToken) => TellAsync(new NewsItem.Removal(address));

    public void Listen(IClusterListener listener) => ledger.Listen(listener);

    /// <summary>Tells what waits, in its order. Throws when that fails; the rest then waits on.</summary>
    public async Task TellWaitingAsync()
    {
        while (true)
        {
            NewsItem? item;
            lock (_lock)
            {
                if (!_untold.TryPeek(out item))
                    return;
            }

            await commands.TellAsync(node, item);
            ledger.Note(item);
            lock (_lock)
            {
                // Another may have merged them meanwhile.
                if (_untold.TryPeek(out var first) && ReferenceEquals(first, item))
                {
                    _untold.Dequeue();
                    _flushes -= item is NewsItem.Flush ? 1 : 0;
                }
            }
        }
    }

    private async ValueTask<Telling> TellAsync(NewsItem item)
    {
        if (gate.IsWorking && !HasUntold)
        {
            try
            {
                await commands.TellAsync(node, item);
                ledger.Note(item);
                return Telling.Done;
            }
            catch (Exception)
            {
                // Why, the keeper finds and says.
            }
        }

        lock (_lock)
        {
            _untold.Enqueue(item);
            _flushes += item is NewsItem.Flush ? 1 : 0;
            if (_flushes > Limit || _untold.Count > Limit + OverrideLimits.Count)
                Merge_NeedsLock();
        }

        wake();
        return Telling.Waits;
    }

    private void Merge_NeedsLock()
    {
        NewsItem[] overrides = [.. _untold.Where(static item => item is not NewsItem.Flush).TakeLast(OverrideLimits.Count)];
        _untold.Clear();
        // Only for flushes: of overrides alone nothing is to be forgotten.
        _flushes = Math.Min(_flushes, 1);
        if (_flushes > 0)
            _untold.Enqueue(new NewsItem.Flush(new FlushScope.OfAll()));
        foreach (var item in overrides)
            _untold.Enqueue(item);
    }
}
