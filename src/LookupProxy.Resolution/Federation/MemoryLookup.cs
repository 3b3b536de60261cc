using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Flushing;
using LookupProxy.Resolution.Health;

namespace LookupProxy.Resolution.Federation;

/// <summary>Decides from memory alone, when it can: without waiting and, in the usual case, without allocating. Local copies that go before their directories are memory too.</summary>
internal sealed class MemoryLookup(SheetCache cache, FlushLog flushes, Lifetimes lifetimes, RefreshAhead refreshAhead)
{
    /// <summary>Null when a directory has to be asked.</summary>
    public Verdict? TryDecide(in DomainEntry entry, in LookupRequest request, long now, out LookupSource source)
    {
        source = LookupSource.Memory;
        var local = request.Address.LocalPart;
        var full = Recall(entry, request.Address, local);
        var fullRuling = Rule(full, now);
        if (fullRuling.Kind == RulingKind.Valid)
            return Valid(full!, fullRuling, request, now);

        var end = RecipientDelimiter.IndexOf(local, entry.Namespace.Delimiters);
        var bare = end < 0 ? null : Recall(entry, request.Address, local[..end]);
        var bareRuling = Rule(bare, now);
        if (bareRuling.Kind == RulingKind.Valid)
            return Valid(bare!, bareRuling, request, now);

        // Before Invalid, since a copy may have been read after the directory was asked.
        if (entry.Namespace.HasPrimaryCopies && (TryCopies(entry, request, request.Address, full, now)
            ?? (end < 0 ? null : TryCopies(entry, request, request.Address.WithLocalPart(local[..end]), bare, now))) is { } byCopy)
        {
            source = LookupSource.Snapshot;
            return byCopy;
        }

        return fullRuling.Kind == RulingKind.Invalid && (end < 0 || bareRuling.Kind == RulingKind.Invalid)
            ? Invalid(full!, bare, fullRuling, request, now)
            : null;
    }

    private Verdict? TryCopies(in DomainEntry entry, in LookupRequest request, Address form, AnswerSheet? known, long now)
    {
        var canonical = SheetKey.Canonical(entry, form);
        var sheet = known ?? new AnswerSheet(entry.Namespace, SheetKey.Of(entry.Namespace, canonical));
        var ruling = Judge.RuleByPrimaryCopies(sheet, canonical, now, flushes.LastOf(sheet.Key));
        if (ruling.Kind != RulingKind.Valid)
            return null;
        var view = View(sheet, canonical, now);
        return request.Explain ? Explain([view], ruling, request, now) : Verdicts.Explained(view, ruling, request.Address, []);
    }

    private AnswerSheet? Recall(in DomainEntry entry, Address address, ReadOnlySpan<char> localPart)
    {
        if (!entry.Namespace.CaseSensitive && !System.Text.Ascii.IsValid(localPart))
            localPart = address.WithLocalPart(localPart).Fold().LocalPart;
        var length = SheetKey.LengthOf(entry, localPart);
        var buffer = length <= SheetKey.UsualLength ? stackalloc char[SheetKey.UsualLength] : new char[length];
        var sheet = cache.Find(SheetKey.Write(buffer, entry, localPart));
        return sheet?.Namespace == entry.Namespace ? sheet.Believed() : null;
    }

    private static Ruling Rule(AnswerSheet? sheet, long now) =>
        sheet is null ? default : Judge.Rule(sheet.Slots, [], Moment.At(now), staleFor: 0);

    private Verdict Valid(AnswerSheet sheet, in Ruling ruling, in LookupRequest request, long now)
    {
        if (lifetimes.IsDueForRefresh(sheet.Slots[ruling.Directory], now))
            refreshAhead.Offer(sheet, ruling.Directory, now);
        return request.Explain ? Explain([View(sheet, now)], ruling, request, now) : Verdicts.FromMemory(sheet, ruling, request.Address);
    }

    private static Verdict Invalid(AnswerSheet full, AnswerSheet? bare, in Ruling ruling, in LookupRequest request, long now) =>
        request.Explain
            ? Explain(bare is null ? [View(full, now)] : [View(full, now), View(bare, now)], ruling, request, now)
            : Verdicts.FromMemory(full, ruling, request.Address);

    /// <param name="views">The one that decides, then the other form's.</param>
    private static Verdict Explain(ReadOnlySpan<FlightView> views, in Ruling ruling, in LookupRequest request, long now)
    {
        var evidence = ImmutableArray.CreateBuilder<Evidence>();
        foreach (ref readonly var view in views)
            EvidenceWriter.Write(evidence, view, ruling, Moment.At(now));
        return Verdicts.Explained(views[0], ruling, request.Address, evidence.ToImmutable());
    }

    private static FlightView View(AnswerSheet sheet, long now) => View(sheet, sheet.ReadAddress(), now);

    private static FlightView View(AnswerSheet sheet, Address canonical, long now) => new(sheet, canonical, [], now, Decisions: 0, Settled: true);
}
