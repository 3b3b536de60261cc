using System.Globalization;

namespace LookupProxy.SystemTests.Injection;

/// <summary>What became of the recipients while a fault lasted and was repaired. A share is null when nobody was asked for, a time when it never came to that.</summary>
internal sealed record InjectionRow(string Name, InjectedFault Fault, int Lookups)
{
    public const string Head = """
        | fault | lookups | others accepted | their p99, ms | its seen accepted | its unseen | deferred | p99, ms | accepted live | p99, ms | recovered, s |
        |---|---|---|---|---|---|---|---|---|---|---|
        """;

    /// <summary>Of the recipients of the other directories.</summary>
    public double? OthersAccepted { get; init; }

    /// <summary>This and all below: once circuits had time to open, and before the repair began.</summary>
    public TimeSpan? OthersP99 { get; init; }

    public double? SeenAccepted { get; init; }

    /// <summary>People of the target who were asked for and whom no node had accepted. None would prove nothing.</summary>
    public int Unseen { get; init; }

    public double? UnseenDeferred { get; init; }

    public TimeSpan? DeferredP99 { get; init; }

    public double? UnseenAccepted { get; init; }

    public TimeSpan? AcceptedP99 { get; init; }

    /// <summary>Null when it wasn't a directory's fault.</summary>
    public TimeSpan? Recovered { get; init; }

    public static InjectionRow Of(Phase phase, IReadOnlyList<Asked> asked)
    {
        var target = phase.Fault.Target;
        var answered = asked.Where(static one => one.Outcome != Outcome.NoAnswer).ToArray();
        var settled = answered.Where(one => one.At >= phase.Settled && one.Until < phase.Repairing).ToArray();
        var unseen = settled.Where(one => one.Holder == target && one.WasNew).ToArray();
        return new InjectionRow(phase.Fault.Name, phase.Fault, asked.Count)
        {
            OthersAccepted = Share(answered.Where(IsOther), Outcome.Accepted),
            OthersP99 = InjectionReport.Percentile(settled.Where(IsOther)),
            SeenAccepted = Share(answered.Where(one => one.Holder == target && one.WasSeen), Outcome.Accepted),
            Unseen = unseen.Select(static one => one.Number).Distinct().Count(),
            UnseenDeferred = Share(unseen, Outcome.Deferred),
            DeferredP99 = InjectionReport.Percentile(unseen.Where(static one => one.Outcome == Outcome.Deferred)),
            UnseenAccepted = Share(unseen, Outcome.Accepted),
            AcceptedP99 = InjectionReport.Percentile(unseen.Where(static one => one.Outcome == Outcome.Accepted)),
            Recovered = target is null ? null : phase.RecoveredIn,
        };

        bool IsOther(Asked one) => one.Holder != Holder.Nobody && one.Holder != target;
    }

    /// <summary>One row for faults of a kind: their sums, and the worst of each.</summary>
    public static InjectionRow OfKind(IReadOnlyCollection<InjectionRow> rows)
    {
        var fault = rows.First().Fault;
        var faults = rows.DistinctBy(static row => row.Name).Count().ToString(CultureInfo.InvariantCulture);
        return new InjectionRow(fault.Kind.Replace("#", faults, StringComparison.Ordinal), fault, rows.Sum(static row => row.Lookups))
        {
            OthersAccepted = rows.Min(static row => row.OthersAccepted),
            OthersP99 = rows.Max(static row => row.OthersP99),
            SeenAccepted = rows.Min(static row => row.SeenAccepted),
            Unseen = rows.Sum(static row => row.Unseen),
            UnseenDeferred = rows.Min(static row => row.UnseenDeferred),
            DeferredP99 = rows.Max(static row => row.DeferredP99),
            UnseenAccepted = rows.Max(static row => row.UnseenAccepted),
            AcceptedP99 = rows.Max(static row => row.AcceptedP99),
            Recovered = rows.Max(static row => row.Recovered),
        };
    }

    public override string ToString() =>
        $"| {Name} | {Number(Lookups)} | {Percent(OthersAccepted)} | {Milliseconds(OthersP99)} | {Percent(SeenAccepted)} | {(Fault.Target is null ? "" : Number(Unseen))} " +
        $"| {Percent(UnseenDeferred)} | {Milliseconds(DeferredP99)} | {Percent(UnseenAccepted)} | {Milliseconds(AcceptedP99)} | {Recovered?.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)} |";

    private static double? Share(IEnumerable<Asked> asked, Outcome outcome)
    {
        var all = asked.ToArray();
        return all.Length == 0 ? null : (double)all.Count(one => one.Outcome == outcome) / all.Length;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share switch
    {
        null => "",
        0 => "none",
        { } some => some.ToString("0.00 %", CultureInfo.InvariantCulture),
    };

    private static string? Milliseconds(TimeSpan? time) => time?.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
}
