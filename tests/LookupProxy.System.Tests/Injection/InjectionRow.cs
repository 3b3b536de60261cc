using System.Globalization;

namespace LookupProxy.SystemTests.Injection;

/// <summary>What became of the recipients while one fault lasted and was repaired.</summary>
internal sealed class InjectionRow
{
    public const string Head = """
        | fault | lookups | others accepted | their p99, ms | its seen accepted | its unseen deferred | their p99, ms | recovered, s |
        |---|---|---|---|---|---|---|---|
        """;

    public InjectionRow(Phase phase, IReadOnlyList<Asked> asked)
    {
        Phase = phase;
        Lookups = asked.Count;
        var answered = asked.Where(static one => one.Outcome != Outcome.NoAnswer).ToArray();
        var settled = answered.Where(one => one.At >= phase.Settled && one.Until < phase.Repairing).ToArray();
        var others = answered.Where(one => one.Holder != Holder.Nobody && one.Holder != phase.Fault.Target).ToArray();
        OthersAccepted = Share(others, Outcome.Accepted);
        OthersP99 = InjectionReport.Percentile(settled.Where(one => one.Holder != Holder.Nobody && one.Holder != phase.Fault.Target));
        var own = answered.Where(one => one.Holder == phase.Fault.Target).ToArray();
        SeenAccepted = Share(own.Where(static one => one.WasSeen), Outcome.Accepted);
        var unseen = settled.Where(one => one.Holder == phase.Fault.Target && !one.WasSeen).ToArray();
        UnseenDeferred = Share(unseen, Outcome.Deferred);
        DeferredP99 = InjectionReport.Percentile(unseen.Where(static one => one.Outcome == Outcome.Deferred));
    }

    public Phase Phase { get; }

    public int Lookups { get; }

    /// <summary>Of the recipients of the other directories; null when none was asked for.</summary>
    public double? OthersAccepted { get; }

    /// <summary>Once circuits had time to open.</summary>
    public TimeSpan OthersP99 { get; }

    public double? SeenAccepted { get; }

    public double? UnseenDeferred { get; }

    public TimeSpan DeferredP99 { get; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Phase.Fault.Name} | {Lookups} | {Percent(OthersAccepted)} | {OthersP99.TotalMilliseconds:0.0} | {Percent(SeenAccepted)} | {Percent(UnseenDeferred)} | {(UnseenDeferred is null ? "" : DeferredP99.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture))} | {(Phase.Fault.Target is null ? "" : Phase.RecoveredIn.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture))} |");

    private static double? Share(IEnumerable<Asked> asked, Outcome outcome)
    {
        var all = asked.ToArray();
        return all.Length == 0 ? null : (double)all.Count(one => one.Outcome == outcome) / all.Length;
    }

    private static string Percent(double? share) => share is { } known ? known.ToString("0.00 %", CultureInfo.InvariantCulture) : "";
}
