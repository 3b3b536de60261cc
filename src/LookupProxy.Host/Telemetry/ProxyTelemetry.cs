using System.Diagnostics.Metrics;
using LookupProxy.Endpoints.Http;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Telemetry.Prometheus;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LookupProxy.Host.Telemetry;

/// <summary>The OpenTelemetry SDK: metrics to be pulled as text, and pushed with traces over OTLP where that is configured.</summary>
internal sealed class ProxyTelemetry : IDisposable
{
    /// <summary>Seconds, for times whose instrument does not say better.</summary>
    private static readonly double[] Seconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly HostMetrics _host = new();
    private readonly MetricsText _text;
    private readonly MeterProvider _metrics;
    private readonly TracerProvider? _traces;
    private readonly OtlpFaultLog? _faults;

    private ProxyTelemetry(TelemetrySettings settings, TimeProvider time, ILogger logger)
    {
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(settings.ServiceName, serviceVersion: BuildInfo.Version, serviceInstanceId: settings.Instance ?? Environment.MachineName)
            .AddTelemetrySdk();
        var exporter = new TextExporter(resource.Build());
        _text = new MetricsText(exporter);
        var metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("LookupProxy.*", "System.Runtime")
            .AddView(View)
            .AddReader(new BaseExportingMetricReader(exporter));
        if (settings.Otlp is { } otlp)
        {
            _faults = new OtlpFaultLog(time, logger);
            metrics.AddReader(OtlpExport.Metrics(otlp));
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource("LookupProxy*")
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(otlp.TraceRatio)))
                .AddProcessor(OtlpExport.Traces(otlp))
                .Build();
        }

        _metrics = metrics.Build();
    }

    public IMetricsText Text => _text;

    public static ProxyTelemetry Start(TelemetrySettings settings, TimeProvider time, ILogger logger) => new(settings, time, logger);

    /// <summary>Sends what has not been sent yet.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics.Dispose();
        _faults?.Dispose();
        _text.Dispose();
        _host.Dispose();
    }

    private static MetricStreamConfiguration? View(Instrument instrument) => instrument switch
    {
        Histogram<double> { Unit: "s", Advice: null } => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },

        // Prometheus keeps the ending _count for histograms, and the runtime calls two numbers that go up and down counters: HostMetrics has these.
        { Name: "dotnet.timer.count" } => new MetricStreamConfiguration { Name = "dotnet.timers" },
        { Name: "dotnet.assembly.count" or "dotnet.process.cpu.count" or "dotnet.thread_pool.thread.count" or "dotnet.thread_pool.queue.length" } => MetricStreamConfiguration.Drop,
        _ => null,
    };
}
