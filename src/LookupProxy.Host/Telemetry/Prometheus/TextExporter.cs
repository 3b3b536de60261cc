using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LookupProxy.Host.Telemetry.Prometheus;

/// <summary>Keeps what the last collection brought, as text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class TextExporter(Resource resource) : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly StringBuilder _text = new();

    /// <summary>Set by the reader, which collects only when asked through this.</summary>
    public Func<int, bool>? Collect { get; set; }

    public string Text => _text.ToString();

    public override ExportResult Export(in Batch<Metric> batch)
    {
        _text.Clear();
        var format = new TextFormat(_text);
        format.Head("target_info", "What this process is.", "gauge");
        format.Sample("target_info", resource.Attributes.Select(static a => KeyValuePair.Create(MetricNames.Label(a.Key), a.Value.ToString() ?? "")), 1);

        // A meter that was made anew has its metrics twice in the collection after: those of the disposed one come first.
        var metrics = new Dictionary<string, Metric>(StringComparer.Ordinal);
        foreach (var metric in batch)
            metrics[metric.Name] = metric;
        var writer = new MetricWriter(format);
        foreach (var metric in metrics.Values)
            writer.Write(metric);
        return ExportResult.Success;
    }
}
