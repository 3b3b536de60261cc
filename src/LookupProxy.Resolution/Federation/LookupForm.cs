using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>One form of the asked address (with its extension, without it) in a live lookup.</summary>
/// <param name="everywhere">It is not decided before every directory has told.</param>
internal sealed class LookupForm(NamespaceState ns, Address canonical, bool everywhere)
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
        if (everywhere && !outOfTime && Ruling.Kind == RulingKind.Valid && CountOpen(flights.Lifetimes, moment) is > 0 and var open)
            Ruling = new Ruling(RulingKind.Undecided, Unasked: open);
    }

    public void Tell(TimedSignal waiter) => _flight!.Tell(waiter, View.Decisions);

    public void Join(Flights flights) => _flight = flights.Join(ns, canonical, _key, everywhere ? Flight.Everywhere : Flight.Missing);

    /// <summary>Of directories that could not be asked now, or not in time: what is known of them from before, if anything is, may be so no more.</summary>
    public IEnumerable<Evidence> NotToldLately(Lifetimes lifetimes, Moment moment)
    {
        for (var i = 0; i < View.Sheet.Slots.Length; i++)
        {
            if (!HasToldLately(i, lifetimes, moment))
                yield return EvidenceWriter.Failed(View, i);
        }
    }

    /// <summary>Directories that have neither told lately nor failed since the lookup began.</summary>
    private int CountOpen(Lifetimes lifetimes, in Moment moment)
    {
        var open = 0;
        for (var i = 0; i < View.Sheet.Slots.Length; i++)
        {
            var hasFailed = i < View.Failures.Length && View.Failures[i] is { } failure && failure.At >= moment.Since;
            if (!hasFailed && !HasToldLately(i, lifetimes, moment))
                open++;
        }

        return open;
    }

    private bool HasToldLately(int directory, Lifetimes lifetimes, in Moment moment)
    {
        ref readonly var slot = ref View.Sheet.Slots[directory];
        return lifetimes.IsRecent(slot, moment.Now) || slot.IsLive(moment.ExistsSince);
    }

    private FlightView FromMemory(Flights flights, long since)
    {
        var sheet = flights.Cache.Find(_key);
        if (sheet is null || sheet.Namespace != ns)
            sheet = new AnswerSheet(ns, _key);
        return new FlightView(sheet.Believed(), canonical, NoFailures, since, Decisions: 0, Settled: true);
    }
}
