using System.Collections.Concurrent;
using System.Collections.Immutable;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>
/// The searches of one connection that wait for the resolver. They finish on any thread; the connection's loop takes them from here,
/// so that only it writes, and goes on in the thread that finished one. All members but the waiting itself belong to that loop.
/// </summary>
/// <param name="signal">Set when one has finished.</param>
internal sealed class OutstandingSearches(int maximum, LoopSignal signal, TimeProvider time)
{
    /// <summary>Of a client's time limit, in seconds. "No limit" is often written as the greatest number, for which no timer can be set; the resolver's deadline is far below.</summary>
    private const int LongestLimit = 24 * 60 * 60;

    private readonly Dictionary<int, PendingSearch> _byMessage = [];
    private readonly ConcurrentQueue<PendingSearch> _finished = [];

    public int Count { get; private set; }

    public bool IsFull => Count >= maximum;

    public void Add(PendingSearch search, ImmutableArray<ValueTask<Verdict>> lookups)
    {
        Count++;
        _byMessage[search.Message.MessageId] = search;
        _ = WaitAsync(search, lookups);
    }

    /// <param name="work">What it waits for.</param>
    public void Add(PendingSearch search, Task work)
    {
        Count++;
        _byMessage[search.Message.MessageId] = search;
        _ = WaitAsync(search, work);
    }

    /// <summary>What is abandoned goes on to its end, which the resolver's deadline bounds, and counts until then.</summary>
    public void Abandon(int messageId)
    {
        if (_byMessage.TryGetValue(messageId, out var search))
            search.IsAbandoned = true;
    }

    /// <summary><see cref="TryTake"/> has something to give.</summary>
    public bool HaveFinished => !_finished.IsEmpty;

    public bool TryTake(out PendingSearch? search)
    {
        if (!_finished.TryDequeue(out search))
            return false;
        Count--;
        if (_byMessage.TryGetValue(search.Message.MessageId, out var known) && ReferenceEquals(known, search))
            _byMessage.Remove(search.Message.MessageId);
        return true;
    }

    private async Task WaitAsync(PendingSearch search, Task work)
    {
        try
        {
            await work;
        }
        catch (Exception e)
        {
            search.Error = e;
        }

        Finish(search);
    }

    private async Task WaitAsync(PendingSearch search, ImmutableArray<ValueTask<Verdict>> lookups)
    {
        try
        {
            var limit = Math.Min(search.Search.TimeLimit, LongestLimit);
            if (limit == 0 && lookups.Length == 1)
            {
                search.Verdicts = [await lookups[0]];
            }
            else
            {
                var verdicts = Task.WhenAll(lookups.Select(static lookup => lookup.AsTask()));
                search.Verdicts = limit > 0 ? await verdicts.WaitAsync(TimeSpan.FromSeconds(limit), time) : await verdicts;
            }
        }
        catch (TimeoutException)
        {
            search.IsLate = true;
        }
        catch (Exception e)
        {
            search.Error = e;
        }

        Finish(search);
    }

    private void Finish(PendingSearch search)
    {
        _finished.Enqueue(search);
        signal.Set();
    }
}
