using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace LookupProxy.Host.Telemetry;

/// <summary>What is measured of the process itself, besides the runtime's own instruments.</summary>
internal sealed class HostMetrics : IDisposable
{
    private readonly Meter _meter = new("LookupProxy.Host");

    public HostMetrics()
    {
        KeyValuePair<string, object?>[] build = [new("version", BuildInfo.Version), new("runtime", RuntimeInformation.FrameworkDescription)];
        _meter.CreateObservableGauge("lookupproxy.build.info", () => new Measurement<int>(1, build), description: "Always 1; the labels say which build runs.");
        _meter.CreateObservableUpDownCounter("lookupproxy.thread_pool.threads", static () => ThreadPool.ThreadCount, "{thread}", "Threads of the pool.");
        _meter.CreateObservableUpDownCounter("lookupproxy.thread_pool.queue", static () => ThreadPool.PendingWorkItemCount, "{item}", "Work that waits for a thread.");
    }

    public void Dispose() => _meter.Dispose();
}
