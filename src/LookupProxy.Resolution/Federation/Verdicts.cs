using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Federation;

/// <summary>Makes verdicts of rulings.</summary>
internal static class Verdicts
{
    private static readonly Recipient ByRule = new() { Directory = "", Kind = RecipientKind.AlwaysValid };

    public static Verdict NotOurs(Address asked) => new() { Kind = VerdictKind.NotOurs, Address = asked };

    public static Verdict NotReady(Address asked) =>
        new() { Kind = VerdictKind.Unknown, Address = asked, Reason = UnknownReason.NotReady };

    public static Verdict AlwaysValid(NamespaceState ns, Address asked, Address canonical, bool explain) => new()
    {
        Kind = VerdictKind.Valid,
        Address = asked,
        Namespace = ns.Name,
        Recipient = ByRule,
        DecidedAs = canonical,
        WhenUnknown = ns.WhenUnknown,
        Evidence = explain ? [EvidenceWriter.Rule(ByRule, canonical)] : [],
    };

    public static Verdict Overridden(NamespaceState ns, Address asked, Address canonical, Override word, TimeSpan age, bool explain) => new()
    {
        Kind = word.IsValid ? VerdictKind.Valid : VerdictKind.Invalid,
        Address = asked,
        Namespace = ns.Name,
        Recipient = word.IsValid ? ByRule : null,
        DecidedAs = canonical,
        WhenUnknown = ns.WhenUnknown,
        Evidence = explain ? [EvidenceWriter.Override(word, ByRule, canonical, age)] : [],
    };

    /// <summary>Of a sheet that decides: the verdict it made last when that is the same.</summary>
    public static Verdict FromMemory(AnswerSheet sheet, in Ruling ruling, Address asked)
    {
        var recipient = RecipientOf(sheet, ruling);
        var kind = ruling.Kind == RulingKind.Valid ? VerdictKind.Valid : VerdictKind.Invalid;
        if (sheet.LastVerdict is { } last && last.Kind == kind && ReferenceEquals(last.Recipient, recipient) && last.Address.Equals(asked))
            return last;
        var canonical = SheetKey.IsOf(sheet.Key, sheet.Namespace, asked) ? asked : sheet.ReadAddress();
        var verdict = Decided(sheet, canonical, kind, recipient, asked, []);
        sheet.LastVerdict = verdict;
        return verdict;
    }

    public static Verdict Explained(in FlightView decider, in Ruling ruling, Address asked, ImmutableArray<Evidence> evidence) =>
        Decided(
            decider.Sheet, decider.Address, ruling.Kind == RulingKind.Valid ? VerdictKind.Valid : VerdictKind.Invalid, RecipientOf(decider.Sheet, ruling), asked, evidence);

    public static Verdict Unknown(NamespaceState ns, Address asked, UnknownReason reason, ImmutableArray<Evidence> evidence) => new()
    {
        Kind = VerdictKind.Unknown,
        Address = asked,
        Namespace = ns.Name,
        Reason = reason,
        WhenUnknown = ns.WhenUnknown,
        Evidence = evidence,
    };

    private static Verdict Decided(AnswerSheet sheet, Address canonical, VerdictKind kind, Recipient? recipient, Address asked, ImmutableArray<Evidence> evidence) => new()
    {
        Kind = kind,
        Address = asked,
        Namespace = sheet.Namespace.Name,
        Recipient = recipient,
        DecidedAs = canonical,
        WhenUnknown = sheet.Namespace.WhenUnknown,
        Evidence = evidence,
    };

    private static Recipient? RecipientOf(AnswerSheet sheet, in Ruling ruling) =>
        ruling.Copy?.Answer.Recipient ?? (ruling.Kind == RulingKind.Valid ? ((Answer.Exists)sheet.Slots[ruling.Directory].Answer!).Recipient : null);
}
