using System.Diagnostics.Metrics;
using LookupProxy.Core.Health;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Health;

/// <summary>Metrics that are read off the state when a reader asks.</summary>
internal sealed class ResolutionGauges(SheetCache cache, Flights flights, IAnswerStore? store, SnapshotSet snapshots, IDirectoryHealthSource health)
{
    private static readonly KeyValuePair<string, object?> ExistsCache = new("cache", "exists");
    private static readonly KeyValuePair<string, object?> AbsentCache = new("cache", "absent");

    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "lookupproxy.cache.entries", () => Both(static c => (long)c.Count), "{sheet}", "Answer sheets in memory.");
        meter.CreateObservableCounter(
            "lookupproxy.cache.evictions", () => Both(static c => c.Evicted), "{sheet}", "Sheets removed from memory to make room.");
        meter.CreateObservableCounter(
            "lookupproxy.cache.dropped", () => Both(static c => c.Dropped), "{sheet}", "Sheets not kept because they came faster than room could be made.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.flights", () => flights.Count, "{flight}", "Addresses about which directories are being asked.");
        meter.CreateObservableGauge(
            "lookupproxy.server.breaker", Breakers, null, "1 for the state that a server's circuit is in, 0 for the others.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.server.outstanding", Outstanding, "{question}", "Questions that a server has not answered yet.");
        if (store is not null)
            AddStore(meter, store);
        if (!snapshots.Keepers.IsEmpty)
            new SnapshotGauges(snapshots).AddTo(meter);
    }

    private static void AddStore(Meter meter, IAnswerStore store)
    {
        meter.CreateObservableGauge(
            "lookupproxy.store.up", () => store.Health.IsWorking ? 1 : 0, null, "1 while the store works, 0 while this node goes on by itself.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.store.entries", () => store.Health.Sheets is { } sheets ? [new Measurement<long>(sheets)] : (Measurement<long>[])[], "{sheet}", "Answer sheets in the store.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.store.pending", () => store.Health.Pending, "{sheet}", "Sheets that wait to be written to the store.");
        meter.CreateObservableCounter(
            "lookupproxy.store.dropped", () => store.Health.Dropped, "{sheet}", "Sheets never written: they came too fast, or the store did not work.");
    }

    private Measurement<long>[] Both(Func<BoundedCache, long> read) => [new(read(cache.Exists), ExistsCache), new(read(cache.Absent), AbsentCache)];

    private IEnumerable<Measurement<int>> Breakers()
    {
        foreach (var directory in health.Current)
        {
            foreach (var server in directory.Servers)
            {
                foreach (var state in Enum.GetValues<BreakerState>())
                    yield return new(server.Breaker == state ? 1 : 0, new("directory", directory.Name), new("server", server.Name), new("state", MetricWords.Of(state)));
            }
        }
    }

    private IEnumerable<Measurement<int>> Outstanding()
    {
        foreach (var directory in health.Current)
        {
            foreach (var server in directory.Servers)
                yield return new(server.Outstanding, new("directory", directory.Name), new KeyValuePair<string, object?>("server", server.Name));
        }
    }
}
