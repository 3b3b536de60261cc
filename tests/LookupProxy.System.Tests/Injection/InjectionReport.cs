using System.Globalization;
using System.Text;

namespace LookupProxy.SystemTests.Injection;

/// <summary>What came of a run: a row for each fault, and sums.</summary>
internal sealed class InjectionReport
{
    private readonly TimeProvider _time;

    public InjectionReport(IReadOnlyList<Asked> asked, IReadOnlyList<Phase> phases, long calmFrom, long calmUntil, TimeProvider time)
    {
        _time = time;
        Lookups = asked.Count;
        FalseRejects = [.. asked.Where(static one => one.Holder != Holder.Nobody && one.Outcome == Outcome.Rejected)];
        FalseAccepts = [.. asked.Where(static one => one.Holder == Holder.Nobody && one.Outcome == Outcome.Accepted)];
        Strange = asked.Count(static one => one.Outcome == Outcome.Strange);
        SeenNotAccepted = [.. asked.Where(static one => one.WasSeen && one.Outcome is Outcome.Deferred or Outcome.Strange)];
        var sorted = asked.OrderBy(static one => one.At).ToArray();
        CalmP99 = Percentile(Between(sorted, calmFrom, calmUntil).Where(static one => one.Outcome == Outcome.Accepted));
        Rows = [.. phases.Select(phase => new InjectionRow(phase, Between(sorted, phase.Broken, phase.Ended)))];
    }

    public int Lookups { get; }

    public IReadOnlyList<Asked> FalseRejects { get; }

    public IReadOnlyList<Asked> FalseAccepts { get; }

    /// <summary>An old Exists carries whom a node has seen through everything.</summary>
    public IReadOnlyList<Asked> SeenNotAccepted { get; }

    public int Strange { get; }

    /// <summary>Of valid recipients while nothing was amiss.</summary>
    public TimeSpan CalmP99 { get; }

    public IReadOnlyList<InjectionRow> Rows { get; }

    public static TimeSpan Percentile(IEnumerable<Asked> asked, double share = 0.99)
    {
        var times = asked.Select(static one => one.Took).Order().ToArray();
        return times.Length == 0 ? TimeSpan.Zero : times[Math.Min((int)(times.Length * share), times.Length - 1)];
    }

    /// <summary>For people: Markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{Lookups} lookups, {FalseRejects.Count} false rejects, {FalseAccepts.Count} false accepts, {SeenNotAccepted.Count} seen before and not accepted, {Strange} strange; undisturbed p99 {CalmP99.TotalMilliseconds:0.0} ms");
        text.AppendLine();
        text.AppendLine(InjectionRow.Head);
        foreach (var row in Rows)
            text.AppendLine(row.ToString());
        foreach (var wrong in FalseRejects.Concat(FalseAccepts).Concat(SeenNotAccepted).Take(20))
            text.AppendLine(CultureInfo.InvariantCulture, $"{wrong.Outcome}: {Population.Address(wrong.Holder, wrong.Number)} (seen before: {wrong.WasSeen}), {Place(wrong.At)}");
        return text.ToString();
    }

    private string Place(long at)
    {
        var row = Rows.LastOrDefault(row => row.Phase.Broken <= at);
        return row is null
            ? "before the first fault"
            : string.Create(CultureInfo.InvariantCulture, $"{_time.GetElapsedTime(row.Phase.Broken, at).TotalSeconds:0.000} s after: {row.Phase.Fault.Name}; repair at {_time.GetElapsedTime(row.Phase.Broken, row.Phase.Repairing).TotalSeconds:0.000} s");
    }

    private static Asked[] Between(Asked[] sorted, long from, long until) => [.. sorted.Where(one => one.At >= from && one.At < until)];
}
