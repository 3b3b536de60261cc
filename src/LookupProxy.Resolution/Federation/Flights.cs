using System.Collections.Concurrent;
using LookupProxy.Core.Addresses;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>The flights under way: one for an address.</summary>
internal sealed class Flights(SheetCache cache, SheetClock clock, Lifetimes lifetimes, ResolutionMetrics metrics, ResolutionTracing tracing)
{
    private readonly ConcurrentDictionary<string, Flight> _underWay = new(StringComparer.Ordinal);
    private volatile TimedSignal? _drained;

    public SheetCache Cache => cache;

    public SheetClock Clock => clock;

    public Lifetimes Lifetimes => lifetimes;

    public ResolutionMetrics Metrics => metrics;

    public ResolutionTracing Tracing => tracing;

    public int Count => _underWay.Count;

    /// <summary>The flight under way for the address, or a new one.</summary>
    /// <param name="only">For a new one: the one directory to ask; -1 for all that need to be.</param>
    public Flight Join(NamespaceState ns, Address canonical, string key, int only = -1)
    {
        while (true)
        {
            if (_underWay.TryGetValue(key, out var other))
            {
                if (other.Namespace == ns && !other.IsSettled)
                    return other;
                _underWay.TryRemove(KeyValuePair.Create(key, other));
            }

            var mine = new Flight(this, new AnswerSheet(ns, canonical, key), only);
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
        if (_underWay.IsEmpty)
            _drained?.Set();
    }

    /// <summary>True when within the limit none was under way any more. Nobody may join from now on.</summary>
    public async ValueTask<bool> DrainAsync(TimeSpan limit)
    {
        using var signal = new TimedSignal(limit, clock.Time, CancellationToken.None);
        _drained = signal;
        return _underWay.IsEmpty || await signal.Task;
    }
}
