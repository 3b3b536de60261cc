using System.Text;

namespace LookupProxy.SystemTests.Injection;

/// <summary>A run in few rows, one for faults of a kind, and whether it kept the limits. For people: Markdown.</summary>
internal static class InjectionSummary
{
    public static string Of(InjectionReport report)
    {
        var text = new StringBuilder().AppendLine(report.Sums).AppendLine().AppendLine(InjectionRow.Head);
        foreach (var row in Rows(report.Rows))
            text.AppendLine(row.ToString());
        text.AppendLine();
        foreach (var line in InjectionLimits.Of(report))
            text.AppendLine(line);
        return text.ToString();
    }

    /// <summary>The directories' first; within one by name, whatever the seed's order was.</summary>
    public static IEnumerable<InjectionRow> Rows(IEnumerable<InjectionRow> rows) => rows
        .GroupBy(static row => (row.Fault.Target, row.Fault.Kind))
        .Select(static kind => InjectionRow.OfKind([.. kind]))
        .OrderBy(static row => row.Fault.Target ?? Holder.Nobody)
        .ThenBy(static row => row.Name, StringComparer.Ordinal);
}
