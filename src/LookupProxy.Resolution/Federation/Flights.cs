using System.Collections.Concurrent;
using LookupProxy.Core.Addresses;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Flushing;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>The flights under way: one for an address.</summary>
internal sealed class Flights(
    SheetCache cache, SecondStore? store, FlushLog flushes, SheetClock clock, Lifetimes lifetimes, ResolutionMetrics metrics, ResolutionTracing tracing)
{
    private readonly ConcurrentDictionary<string, Flight> _underWay = new(StringComparer.Ordinal);

    // Those of which nothing is kept and which nobody joins any more.
    private readonly ConcurrentDictionary<Flight, bool> _forgotten = new();
    private volatile TimedSignal? _drained;

    public SheetCache Cache => cache;

    /// <summary>Null when there is none.</summary>
    public SecondStore? Store => store;

    public FlushLog Flushes => flushes;

    public SheetClock Clock => clock;

    public Lifetimes Lifetimes => lifetimes;

    public ResolutionMetrics Metrics => metrics;

    public ResolutionTracing Tracing => tracing;

    public int Count => _underWay.Count + _forgotten.Count;

    /// <summary>The flight under way for the address, or a new one.</summary>
    /// <param name="only">For a new one: whom to ask, see <see cref="Flight"/>.</param>
    public Flight Join(NamespaceState ns, Address canonical, string key, int only = Flight.Missing)
    {
        while (true)
        {
            if (_underWay.TryGetValue(key, out var other))
            {
                if (other.Namespace == ns && !other.IsSettled)
                    return other;
                _underWay.TryRemove(KeyValuePair.Create(key, other));
            }

            var mine = new Flight(this, new AnswerSheet(ns, key), canonical, only);
            if (_underWay.TryAdd(key, mine))
            {
                mine.Start();
                return mine;
            }
        }
    }

    public void Land(Flight flight)
    {
        _underWay.TryRemove(KeyValuePair.Create(flight.Key, flight));
        _forgotten.TryRemove(flight, out _);
        if (_underWay.IsEmpty && _forgotten.IsEmpty)
            _drained?.Set();
    }

    /// <summary>What these learn is for those who wait already, and for nobody else.</summary>
    public void Forget(FlushMark mark)
    {
        foreach (var (key, flight) in _underWay)
        {
            if (!mark.Covers(key))
                continue;
            _forgotten.TryAdd(flight, true);
            _underWay.TryRemove(KeyValuePair.Create(key, flight));
            if (flight.Forget())
                _forgotten.TryRemove(flight, out _);
        }
    }

    /// <summary>
    /// Keeps a sheet in memory, and in the store what is new on it, unless it has been flushed since. An absence that counts no more is kept nowhere:
    /// the store does not tell when it was asked for.
    /// </summary>
    public void Keep(AnswerSheet sheet, long startedAt, bool isNews)
    {
        if (IsFlushed(sheet, startedAt))
            return;
        sheet = sheet.Believed();
        cache.Keep(sheet);
        if (isNews)
            store?.Keep(sheet);
    }

    public bool IsFlushed(AnswerSheet sheet, long startedAt) => Math.Min(sheet.OldestGivenAt, startedAt) < flushes.LastOf(sheet.Key);

    /// <summary>True when within the limit none was under way any more. Nobody may join from now on.</summary>
    public async ValueTask<bool> DrainAsync(TimeSpan limit)
    {
        using var signal = new TimedSignal(limit, clock.Time, CancellationToken.None);
        _drained = signal;
        return (_underWay.IsEmpty && _forgotten.IsEmpty) || await signal.Task;
    }
}
