using System.Globalization;
using System.Text;

namespace LookupProxy.SystemTests.Injection;

/// <summary>What came of a run: a row for each fault, and sums.</summary>
internal sealed class InjectionReport
{
    private readonly int _seed;
    private readonly IReadOnlyList<Phase> _phases;
    private readonly TimeProvider _time;

    /// <param name="calm">At least one.</param>
    public InjectionReport(int seed, IReadOnlyList<Asked> asked, IReadOnlyList<Phase> phases, IReadOnlyList<CalmSpell> calm, TimeProvider time)
    {
        _seed = seed;
        _phases = phases;
        _time = time;
        Lookups = asked.Count;
        FalseRejects = [.. asked.Where(static one => one.Holder != Holder.Nobody && one.Outcome == Outcome.Rejected)];
        FalseAccepts = [.. asked.Where(static one => one.Holder == Holder.Nobody && one.Outcome == Outcome.Accepted)];
        Strange = asked.Count(static one => one.Outcome == Outcome.Strange);
        SeenNotAccepted = [.. asked.Where(static one => one.WasSeen && one.Outcome is Outcome.Deferred or Outcome.Strange)];
        var sorted = asked.OrderBy(static one => one.At).ToArray();
        CalmP99s = [.. calm.Select(spell => Percentile(Between(sorted, spell.From, spell.Until).Where(static one => one.Outcome == Outcome.Accepted)) ?? TimeSpan.Zero)];
        Rows = [.. phases.Select(phase => InjectionRow.Of(phase, Between(sorted, phase.Broken, phase.Ended)))];
    }

    public int Lookups { get; }

    public IReadOnlyList<Asked> FalseRejects { get; }

    public IReadOnlyList<Asked> FalseAccepts { get; }

    /// <summary>An old Exists carries whom a node has seen through everything.</summary>
    public IReadOnlyList<Asked> SeenNotAccepted { get; }

    public int Strange { get; }

    /// <summary>Of valid recipients while nothing was amiss: the better time, so that no fault is excused by a slow start.</summary>
    public TimeSpan CalmP99 => CalmP99s.Min();

    public IReadOnlyList<TimeSpan> CalmP99s { get; }

    /// <summary>False on a machine that stands still now and then, also when nothing is broken.</summary>
    public bool DoTimesTell => CalmP99s.All(static time => time < TimeSpan.FromMilliseconds(100));

    public IReadOnlyList<InjectionRow> Rows { get; }

    /// <summary>All in a line.</summary>
    public string Sums => string.Create(
        CultureInfo.InvariantCulture,
        $"{Lookups} lookups with seed {_seed}: {FalseRejects.Count} false rejects, {FalseAccepts.Count} false accepts, {SeenNotAccepted.Count} seen before and not accepted, {Strange} strange; undisturbed p99 {string.Join(" ms, ", CalmP99s.Select(static time => time.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)))} ms");

    /// <summary>Null when there was no question.</summary>
    public static TimeSpan? Percentile(IEnumerable<Asked> asked, double share = 0.99)
    {
        var times = asked.Select(static one => one.Took).Order().ToArray();
        return times.Length == 0 ? null : times[Math.Min((int)(times.Length * share), times.Length - 1)];
    }

    /// <summary>For people: Markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Sums).AppendLine().AppendLine(InjectionRow.Head);
        foreach (var row in Rows)
            text.AppendLine(row.ToString());
        foreach (var wrong in FalseRejects.Concat(FalseAccepts).Concat(SeenNotAccepted).Take(20))
            text.AppendLine(CultureInfo.InvariantCulture, $"{wrong.Outcome}: {Population.Address(wrong.Holder, wrong.Number)} (seen before: {wrong.WasSeen}), {Place(wrong.At)}");
        return text.ToString();
    }

    private string Place(long at)
    {
        var phase = _phases.LastOrDefault(phase => phase.Broken <= at);
        return phase is null
            ? "before the first fault"
            : string.Create(CultureInfo.InvariantCulture, $"{_time.GetElapsedTime(phase.Broken, at).TotalSeconds:0.000} s after: {phase.Fault.Name}; repair at {_time.GetElapsedTime(phase.Broken, phase.Repairing).TotalSeconds:0.000} s");
    }

    private static Asked[] Between(Asked[] sorted, long from, long until) => [.. sorted.Where(one => one.At >= from && one.At < until)];
}
