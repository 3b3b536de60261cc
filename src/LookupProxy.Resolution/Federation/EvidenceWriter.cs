using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Federation;

/// <summary>Writes down who was asked, what each said, and how old that is.</summary>
internal static class EvidenceWriter
{
    private static readonly Answer.Unknown NotAsked = new(UnknownReason.None, "not asked: another answer decided");
    private static readonly Answer.Unknown NotAwaited = new(UnknownReason.None, "not waited for: another answer decided");
    private static readonly Answer.Unknown OutOfTime = new(UnknownReason.Deadline, "did not answer before the lookup's deadline");

    public static void Write(ImmutableArray<Evidence>.Builder into, in FlightView view, in Ruling ruling, in Moment moment)
    {
        var slots = view.Sheet.Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            var failure = i < view.Failures.Length ? view.Failures[i] : null;
            var own = Of(view, i, failure, ruling, moment);
            var copy = ruling.Directory == i ? ruling.Copy : null;
            // What the directory itself did is told too, when it was asked.
            if (copy is null || !ReferenceEquals(own.Answer, NotAsked))
                into.Add(own);
            if (copy is not null)
                into.Add(OfCopy(own, copy, moment.Now));
        }
    }

    /// <summary>Why the address is not decided: the most telling of the directories' failures.</summary>
    public static Answer.Unknown Why(Answer.Unknown? soFar, in FlightView view, in Moment moment)
    {
        var slots = view.Sheet.Slots;
        for (var i = 0; i < slots.Length; i++)
        {
            var failure = i < view.Failures.Length ? view.Failures[i] : null;
            if (failure is not null)
                soFar = ReasonRank.MoreTelling(soFar, failure.Answer);
            else if (!slots[i].IsFresh(moment.Now, moment.Since))
                soFar = ReasonRank.MoreTelling(soFar, OutOfTime);
        }

        return soFar ?? OutOfTime;
    }

    /// <summary>That a directory could not say, whatever is known of it from before.</summary>
    public static Evidence Failed(in FlightView view, int directory)
    {
        var failure = directory < view.Failures.Length ? view.Failures[directory] : null;
        var name = view.Sheet.Namespace.Directories[directory].Name;
        var took = TimeSpan.FromTicks(failure?.Took ?? 0);
        return new(name, failure?.Answer ?? OutOfTime, EvidenceSource.Live, TimeSpan.Zero, took) { AskedFor = view.Address };
    }

    public static Evidence Rule(Recipient recipient, Address canonical) =>
        new("", new Answer.Exists(recipient), EvidenceSource.Rule, TimeSpan.Zero, TimeSpan.Zero) { AskedFor = canonical };

    public static Evidence Override(Override word, Recipient recipient, Address canonical, TimeSpan age) =>
        new("", word.IsValid ? new Answer.Exists(recipient) : Answer.No, EvidenceSource.Override, age, TimeSpan.Zero) { AskedFor = canonical, Note = word.Why };

    private static Evidence OfCopy(Evidence own, CopyAnswer copy, long now) =>
        new(own.Directory, copy.Answer, EvidenceSource.Snapshot, TimeSpan.FromTicks(Math.Max(now - copy.ToldAt, 0)), TimeSpan.Zero) { AskedFor = own.AskedFor };

    private static Evidence Of(in FlightView view, int directory, Failure? failure, in Ruling ruling, in Moment moment)
    {
        ref readonly var slot = ref view.Sheet.Slots[directory];
        var name = view.Sheet.Namespace.Directories[directory].Name;
        var address = view.Address;
        var age = TimeSpan.FromTicks(Math.Max(moment.Now - slot.GivenAt, 0));
        var took = TimeSpan.FromTicks(slot.IsStored ? 0 : slot.Took);
        if (slot.Answer is not null && ruling is { Kind: RulingKind.Valid, Source: EvidenceSource.Stale } && ruling.Directory == directory)
            return Make(slot.Answer, EvidenceSource.Stale, age, took);
        if (slot.Answer is not null && slot.IsLive(moment.ExistsSince))
            return Make(slot.Answer, EvidenceSource.Live, age, took);
        if (slot.Answer is not null && slot.IsFresh(moment.Now))
            return Make(slot.Answer, slot.IsStored ? EvidenceSource.Store : EvidenceSource.Memory, age, took);
        if (failure is not null)
            return Make(failure.Answer, EvidenceSource.Live, TimeSpan.Zero, TimeSpan.FromTicks(failure.Took));
        var silent = moment.OutOfTime ? OutOfTime : view.Settled ? NotAsked : NotAwaited;
        return Make(silent, EvidenceSource.Live, TimeSpan.Zero, TimeSpan.Zero);

        Evidence Make(Answer answer, EvidenceSource source, TimeSpan age, TimeSpan took) =>
            new(name, answer, source, age, took) { AskedFor = address };
    }
}
