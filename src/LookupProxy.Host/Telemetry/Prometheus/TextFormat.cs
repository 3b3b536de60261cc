using System.Globalization;
using System.Text;

namespace LookupProxy.Host.Telemetry.Prometheus;

/// <summary>The text exposition format, version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats.</summary>
internal sealed class TextFormat(StringBuilder text)
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <param name="type">counter, gauge or histogram.</param>
    public void Head(string name, string help, string type)
    {
        text.Append("# HELP ").Append(name).Append(' ');
        Escape(help, quotes: false);
        text.Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
    }

    /// <param name="labels">Written as name="value"; those without a value are left out, which means the same.</param>
    public void Sample(string name, IEnumerable<KeyValuePair<string, string>> labels, double value)
    {
        text.Append(name);
        var separator = '{';
        foreach (var (label, content) in labels)
        {
            if (content.Length == 0)
                continue;
            text.Append(separator).Append(label).Append("=\"");
            Escape(content, quotes: true);
            text.Append('"');
            separator = ',';
        }

        if (separator == ',')
            text.Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    public static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : value.ToString("R", CultureInfo.InvariantCulture);

    private void Escape(string content, bool quotes)
    {
        foreach (var c in content)
        {
            switch (c)
            {
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '"' when quotes:
                    text.Append("\\\"");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }
    }
}
