using LookupProxy.Core.Addresses;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>One form of the asked address (with its extension, without it) in a live lookup.</summary>
internal sealed class LookupForm(NamespaceState ns, Address canonical)
{
    private static readonly Failure?[] NoFailures = [];

    private readonly string _key = SheetKey.Of(ns, canonical);
    private Flight? _flight;

    public Address Canonical => canonical;

    public Ruling Ruling { get; private set; }

    public FlightView View { get; private set; }

    public bool IsUnderWay => _flight is not null && !View.Settled;

    /// <summary>True when there is a directory that could still be asked and isn't.</summary>
    public bool NeedsFlight => Ruling.Kind == RulingKind.Undecided && !IsUnderWay && (_flight is null || Ruling.Unasked > 0);

    public void Judge(Flights flights, long now, long since, bool outOfTime)
    {
        View = _flight?.View() ?? FromMemory(flights, since);
        var moment = new Moment(now, since, Math.Min(since, View.StartedAt), outOfTime);
        Ruling = Federation.Judge.Rule(View.Sheet.Slots, View.Failures, moment, flights.Lifetimes.StaleFor);
        if (Ruling.Kind == RulingKind.Undecided && Federation.Judge.RuleByCopies(View, moment) is { Kind: RulingKind.Valid } byCopy)
            Ruling = byCopy;
    }

    public void Tell(TimedSignal waiter) => _flight!.Tell(waiter, View.Decisions);

    public void Join(Flights flights) => _flight = flights.Join(ns, canonical, _key);

    private FlightView FromMemory(Flights flights, long since)
    {
        var sheet = flights.Cache.Find(_key);
        if (sheet is null || sheet.Namespace != ns)
            sheet = new AnswerSheet(ns, _key);
        return new FlightView(sheet.Believed(), canonical, NoFailures, since, Decisions: 0, Settled: true);
    }
}
