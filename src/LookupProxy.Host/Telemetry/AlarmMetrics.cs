using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using LookupProxy.Core.Health;

namespace LookupProxy.Host.Telemetry;

/// <summary>What an administrator must look at, for whoever watches metrics.</summary>
internal sealed class AlarmMetrics : IDisposable
{
    private readonly Meter _meter = new("LookupProxy.Host.Alarms");

    public AlarmMetrics(ImmutableArray<IAlarmSource> sources)
    {
        _meter.CreateObservableGauge(
            "lookupproxy.alarm", () => Open().Select(Measure), description: "1 for each alarm that is open; nothing when none is.");
        _meter.CreateObservableUpDownCounter("lookupproxy.alarms", () => Open().Count(), "{alarm}", "Alarms that are open.");

        IEnumerable<Alarm> Open() => sources.SelectMany(static source => source.Current);
    }

    public void Dispose() => _meter.Dispose();

    private static Measurement<int> Measure(Alarm alarm) => new(1, new("name", alarm.Name), new KeyValuePair<string, object?>("subject", alarm.Subject));
}
