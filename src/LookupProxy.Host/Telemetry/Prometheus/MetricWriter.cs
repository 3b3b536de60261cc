using System.Globalization;
using OpenTelemetry.Metrics;

namespace LookupProxy.Host.Telemetry.Prometheus;

/// <summary>One of the SDK's metrics as text.</summary>
internal sealed class MetricWriter(TextFormat text)
{
    public void Write(Metric metric)
    {
        var isCounter = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var isHistogram = metric.MetricType == MetricType.Histogram;
        if (metric.MetricType == MetricType.ExponentialHistogram)
            return; // None is set up, and this format has no way to write it.
        var name = MetricNames.Of(metric.Name, metric.Unit, isCounter, isGauge: !isCounter && !isHistogram);
        var isFirst = true;
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (isFirst)
                text.Head(name, metric.Description, isCounter ? "counter" : isHistogram ? "histogram" : "gauge");
            isFirst = false;
            var labels = Labels(point);
            if (isHistogram)
                WriteHistogram(name, labels, point);
            else
                text.Sample(name, labels, Value(metric.MetricType, point));
        }
    }

    /// <summary>Buckets are cumulative here, each counts its own in the SDK.</summary>
    private void WriteHistogram(string name, List<KeyValuePair<string, string>> labels, in MetricPoint point)
    {
        long count = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            text.Sample($"{name}_bucket", labels.Append(new("le", TextFormat.Number(bucket.ExplicitBound))), count);
        }

        text.Sample($"{name}_sum", labels, point.GetHistogramSum());
        text.Sample($"{name}_count", labels, point.GetHistogramCount());
    }

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static List<KeyValuePair<string, string>> Labels(in MetricPoint point)
    {
        var labels = new List<KeyValuePair<string, string>>(point.Tags.Count);
        foreach (var (key, value) in point.Tags)
            labels.Add(new(MetricNames.Label(key), Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        return labels;
    }
}
