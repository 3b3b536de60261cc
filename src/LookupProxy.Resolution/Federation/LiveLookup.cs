using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>A lookup that memory could not decide: takes part in a flight for each form of the address, until one decides or time is up.</summary>
internal sealed class LiveLookup(Flights flights)
{
    public async ValueTask<Verdict> RunAsync(
        DomainEntry entry, LookupRequest request, long since, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var activity = flights.Tracing.StartLookup(entry.Namespace.Name);
        var forms = Forms(entry, request);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = flights.Clock.Now;
            var end = Began(forms, request, since) + deadline.Ticks;
            var verdict = Judge(entry.Namespace, forms, request, now, since, outOfTime: now >= end);
            if (verdict is not null)
            {
                activity?.SetTag("lookupproxy.verdict", MetricWords.Of(verdict.Kind));
                // Everywhere is looked by who has been told a verdict of the same lookup.
                if (!request.Everywhere)
                    flights.Metrics.LiveLookup(entry.Namespace.Tags, verdict.Kind, SourceOf(verdict), flights.Clock.Now - since);
                return verdict;
            }

            if (JoinFlights(forms))
                continue;
            using var signal = new TimedSignal(TimeSpan.FromTicks(end - now), flights.Clock.Time, cancellationToken, continuesInSet: true);
            foreach (var form in forms)
            {
                if (form.IsUnderWay && form.Ruling.Kind == RulingKind.Undecided)
                    form.Tell(signal);
            }

            await signal.Task;
        }
    }

    private static LookupForm[] Forms(in DomainEntry entry, in LookupRequest request)
    {
        var full = new LookupForm(entry.Namespace, Caching.SheetKey.Canonical(entry, request.Address), request.Everywhere);
        return RecipientDelimiter.TrySplit(request.Address, entry.Namespace.Delimiters, out var bare)
            ? [full, new LookupForm(entry.Namespace, Caching.SheetKey.Canonical(entry, bare), request.Everywhere)]
            : [full];
    }

    /// <summary>Who looks everywhere has waited for a verdict before, while the same flights were under way: both together have one deadline.</summary>
    private static long Began(LookupForm[] forms, in LookupRequest request, long since)
    {
        if (!request.Everywhere)
            return since;
        foreach (var form in forms)
        {
            if (form.IsUnderWay)
                since = Math.Min(since, form.View.StartedAt);
        }

        return since;
    }

    /// <summary>Null while it is not decided and something may still come or can still be asked.</summary>
    private Verdict? Judge(NamespaceState ns, LookupForm[] forms, in LookupRequest request, long now, long since, bool outOfTime)
    {
        var invalid = true;
        var open = false;
        LookupForm? valid = null;
        foreach (var form in forms)
        {
            form.Judge(flights, now, since, outOfTime);
            if (form.Ruling.Kind == RulingKind.Valid)
                valid ??= form;
            if (valid is not null && !request.Everywhere)
                break;
            invalid &= form.Ruling.Kind == RulingKind.Invalid;
            open |= form.NeedsFlight || (form.IsUnderWay && form.Ruling.Kind == RulingKind.Undecided);
        }

        if (valid is not null && (!request.Everywhere || !open || outOfTime))
        {
            var evidence = Evidence(forms, request.Everywhere ? null : valid, now, since, outOfTime);
            if (request.Everywhere)
                evidence = [.. evidence, .. NotToldLately(forms, now, since, outOfTime)];
            return Verdicts.Explained(valid.View, valid.Ruling, request.Address, evidence);
        }

        if (invalid)
            return Verdicts.Explained(forms[0].View, forms[0].Ruling, request.Address, Evidence(forms, null, now, since, outOfTime));
        if (open && !outOfTime)
            return null;

        Answer.Unknown? why = null;
        foreach (var form in forms)
        {
            if (form.Ruling.Kind != RulingKind.Invalid)
                why = EvidenceWriter.Why(why, form.View, MomentOf(form, now, since, outOfTime));
        }

        return Verdicts.Unknown(ns, request.Address, why!.Reason, Evidence(forms, null, now, since, outOfTime));
    }

    /// <summary>True when a flight was joined, which may already have what is needed.</summary>
    private bool JoinFlights(LookupForm[] forms)
    {
        var joined = false;
        foreach (var form in forms)
        {
            if (form.NeedsFlight)
            {
                form.Join(flights);
                joined = true;
            }
        }

        return joined;
    }

    private IEnumerable<Evidence> NotToldLately(LookupForm[] forms, long now, long since, bool outOfTime) =>
        forms.SelectMany(form => form.NotToldLately(flights.Lifetimes, MomentOf(form, now, since, outOfTime)));

    private static ImmutableArray<Evidence> Evidence(LookupForm[] forms, LookupForm? decider, long now, long since, bool outOfTime)
    {
        var evidence = ImmutableArray.CreateBuilder<Evidence>(forms.Length * forms[0].View.Sheet.Slots.Length);
        foreach (var form in forms)
        {
            // Of the other form nothing is known when the first has decided before it was looked at.
            if (form.View.Sheet is not null)
                EvidenceWriter.Write(evidence, form.View, form.Ruling, MomentOf(form, now, since, outOfTime));
            if (form == decider)
                break;
        }

        return evidence.DrainToImmutable();
    }

    private static Moment MomentOf(LookupForm form, long now, long since, bool outOfTime) =>
        new(now, since, Math.Min(since, form.View.StartedAt), outOfTime);

    private static LookupSource SourceOf(Verdict verdict)
    {
        var isStored = false;
        var isAsked = false;
        foreach (var evidence in verdict.Evidence)
        {
            switch (evidence.Source)
            {
                case EvidenceSource.Stale:
                    return LookupSource.Stale;
                case EvidenceSource.Snapshot:
                    return LookupSource.Snapshot;
                case EvidenceSource.Store:
                    isStored = true;
                    break;
                case EvidenceSource.Live when evidence.Answer is not Answer.Unknown { Reason: UnknownReason.None }:
                    isAsked = true;
                    break;
            }
        }

        return isStored && !isAsked ? LookupSource.Store : LookupSource.Live;
    }
}
