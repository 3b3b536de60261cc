using System.Text;

namespace LookupProxy.Host.Telemetry.Prometheus;

/// <summary>OpenTelemetry's names as Prometheus writes them (OpenTelemetry specification, "Prometheus and OpenMetrics Compatibility").</summary>
internal static class MetricNames
{
    private const string Total = "_total";

    /// <param name="isCounter">Only goes up.</param>
    public static string Of(string name, string unit, bool isCounter, bool isGauge)
    {
        var text = Sanitised(name);
        var suffix = Unit(unit, isGauge);
        if (suffix.Length > 0 && !text.EndsWith("_" + suffix, StringComparison.Ordinal))
            text = $"{text}_{suffix}";
        return isCounter && !text.EndsWith(Total, StringComparison.Ordinal) ? text + Total : text;
    }

    public static string Label(string key) => Sanitised(key);

    /// <summary>Units in words, as Prometheus wants them; annotations such as {lookup} are none.</summary>
    private static string Unit(string unit, bool isGauge) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "By" => "bytes",
        "%" => "percent",
        "1" when isGauge => "ratio",
        "" or "1" => "",
        _ when unit.StartsWith('{') => "",
        _ => Sanitised(unit),
    };

    private static string Sanitised(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            var kept = char.IsAsciiLetterOrDigit(c) ? c : '_';
            if (kept != '_' || (text.Length > 0 && text[^1] != '_'))
                text.Append(kept);
        }

        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? "_" + text : text.ToString();
    }
}
