using System.Diagnostics;
using LookupProxy.Host.Configuration.Model;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;

namespace LookupProxy.Host.Telemetry;

/// <summary>What is sent to a collector, and how.</summary>
internal static class OtlpExport
{
    public static MetricReader Metrics(OtlpSettings settings) =>
        new PeriodicExportingMetricReader(new OtlpMetricExporter(Options(settings, "v1/metrics")), (int)settings.Interval.TotalMilliseconds);

    public static BaseProcessor<Activity> Traces(OtlpSettings settings) =>
        new BatchActivityExportProcessor(new OtlpTraceExporter(Options(settings, "v1/traces")));

    /// <param name="signal">OTLP/HTTP has a path for each (OTLP specification, "OTLP/HTTP Request"); OTLP/gRPC has its own.</param>
    private static OtlpExporterOptions Options(OtlpSettings settings, string signal)
    {
        var isHttp = settings.Protocol == OtlpProtocol.HttpProtobuf;
        var options = new OtlpExporterOptions
        {
            Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
            Endpoint = isHttp ? new Uri(settings.Endpoint.AbsoluteUri.TrimEnd('/') + "/" + signal) : settings.Endpoint,
        };
        if (settings.HeadersFile is { } file)
            options.Headers = OtlpHeaders.Join(OtlpHeaders.Read(file));
        return options;
    }
}
