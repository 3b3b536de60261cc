using System.Diagnostics.Metrics;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Health;

/// <summary>Metrics of the local copies, by directory; nothing of one that is not there.</summary>
internal sealed class SnapshotGauges(SnapshotSet snapshots)
{
    public void AddTo(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "lookupproxy.snapshot.recipients", () => Read(static keeper => keeper.Copy?.Recipients), "{recipient}", "Recipients in a directory's local copy.");
        meter.CreateObservableGauge(
            "lookupproxy.snapshot.age", () => Read(static keeper => keeper.Age?.TotalSeconds), "s", "Since a directory was last known to hold all that is in its local copy.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.snapshot.memory", () => Read(static keeper => keeper.Copy?.Octets), "By", "Memory that a directory's local copy takes.");
        meter.CreateObservableUpDownCounter(
            "lookupproxy.snapshot.reading", () => Read(static keeper => keeper.Progress?.Recipients), "{recipient}", "Recipients that the reading under way has brought.");
        meter.CreateObservableGauge(
            "lookupproxy.snapshot.refused", () => Read<int>(static keeper => keeper.Fault?.Shrinkage is null ? 0 : 1), null, "1 while a reading is refused that would have lost too many recipients.");
    }

    private IEnumerable<Measurement<T>> Read<T>(Func<SnapshotKeeper, T?> read)
        where T : struct
    {
        foreach (var keeper in snapshots.Keepers)
        {
            if (read(keeper) is { } value)
                yield return new(value, new KeyValuePair<string, object?>("directory", keeper.Directory));
        }
    }
}
