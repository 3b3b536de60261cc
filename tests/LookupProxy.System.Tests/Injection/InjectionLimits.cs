using System.Globalization;

namespace LookupProxy.SystemTests.Injection;

/// <summary>What a quiet machine must keep, in a line each. Times on any other prove nothing, so a run does not fail by the first two.</summary>
internal static class InjectionLimits
{
    public static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan DeferralWithin = TimeSpan.FromMilliseconds(50);

    public static IEnumerable<string> Of(InjectionReport report)
    {
        yield return Line("- others' p99", report, static row => row.OthersP99, 2 * report.CalmP99, $"twice the undisturbed {Text(report.CalmP99)}");
        yield return Line("- deferral p99", report, static row => row.DeferredP99, DeferralWithin, "the limit");
        yield return Line("- recovery", report, static row => row.Recovered, RecoveryWithin, "the limit");
    }

    private static string Line(string what, InjectionReport report, Func<InjectionRow, TimeSpan?> of, TimeSpan limit, string why)
    {
        var over = report.Rows.Where(row => of(row) > limit).Select(row => $"{row.Name} ({Text(of(row)!.Value)})").ToArray();
        return $"{what}: at most {Text(report.Rows.Max(of) ?? TimeSpan.Zero)}, {why} is {Text(limit)}: {(over.Length == 0 ? "kept" : $"NOT kept in: {string.Join(", ", over)}")}";
    }

    private static string Text(TimeSpan time) => time.TotalMilliseconds.ToString("0.0 ms", CultureInfo.InvariantCulture);
}
