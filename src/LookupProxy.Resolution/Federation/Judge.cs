using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Snapshots;

namespace LookupProxy.Resolution.Federation;

/// <summary>
/// The one place where answers become a ruling.
/// Any fresh Exists makes valid. Fresh Absents of all directories make invalid. An old Exists makes valid when its own directory can't be asked now,
/// and so does what is in a directory's local copy.
/// Nothing else decides.
/// </summary>
internal static class Judge
{
    /// <param name="failures">What the directories that were asked now could not say; empty when none was asked.</param>
    /// <param name="staleFor">Ticks for which an old Exists may still help.</param>
    public static Ruling Rule(ReadOnlySpan<Slot> slots, ReadOnlySpan<Failure?> failures, in Moment moment, long staleFor)
    {
        var absent = 0;
        var unasked = 0;
        var stale = -1;
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var slot = ref slots[i];
            switch (slot.Answer)
            {
                case Answer.Exists when slot.IsFresh(moment.Now, moment.ExistsSince):
                    return new Ruling(RulingKind.Valid, i, slot.IsLive(moment.ExistsSince) ? EvidenceSource.Live : slot.IsStored ? EvidenceSource.Store : EvidenceSource.Memory);
                case Answer.Absent when slot.IsFresh(moment.Now, moment.Since):
                    absent++;
                    continue;
            }

            var failure = i < failures.Length ? failures[i] : null;
            if (stale < 0 && (failure is not null || moment.OutOfTime) && IsUsableStale(slot, moment.Now, staleFor))
                stale = i;
            if (failure is null || failure.At < moment.Since)
                unasked++;
        }

        if (stale >= 0)
            return new Ruling(RulingKind.Valid, stale, EvidenceSource.Stale);

        // A namespace of no directories decides nothing.
        return absent == slots.Length && absent > 0
            ? new Ruling(RulingKind.Invalid)
            : new Ruling(RulingKind.Undecided, Unasked: unasked);
    }

    /// <summary>Of an address that is undecided: who is in the local copy of a directory that can't be asked now is valid. Who is not is as undecided as before.</summary>
    public static Ruling RuleByCopies(in FlightView view, in Moment moment)
    {
        for (var i = 0; i < view.Sheet.Slots.Length; i++)
        {
            var isSilent = moment.OutOfTime || (i < view.Failures.Length && view.Failures[i] is not null);
            var hasAnswered = view.Sheet.Slots[i].IsFresh(moment.Now, moment.Since);
            if (isSilent && !hasAnswered && Copied(view.Sheet, view.Address, i, moment.Now) is { } copy)
                return new Ruling(RulingKind.Valid, i, EvidenceSource.Snapshot, Copy: copy);
        }

        return default;
    }

    /// <summary>Before any directory is asked: who is in a copy that goes before its directory is valid.</summary>
    /// <param name="notBefore">What was told before is not asked: it was flushed. The copy still helps when its directory can't be asked.</param>
    public static Ruling RuleByPrimaryCopies(AnswerSheet sheet, Address address, long now, long notBefore)
    {
        for (var i = 0; i < sheet.Slots.Length; i++)
        {
            if (sheet.Namespace.Directories[i].Copy is { IsPrimary: true } && Copied(sheet, address, i, now) is { } copy && copy.ToldAt >= notBefore)
                return new Ruling(RulingKind.Valid, i, EvidenceSource.Snapshot, Copy: copy);
        }

        return default;
    }

    /// <summary>Null also when the directory itself has said since that there is no such recipient.</summary>
    private static CopyAnswer? Copied(AnswerSheet sheet, Address address, int directory, long now)
    {
        var copy = sheet.Namespace.Directories[directory].Copy?.Find(address, now);
        ref readonly var slot = ref sheet.Slots[directory];
        return copy is not null && slot.Answer is Answer.Absent && slot.GivenAt > copy.ToldAt ? null : copy;
    }

    public static bool IsUsableStale(in Slot slot, long now, long staleFor) =>
        slot.Answer is Answer.Exists && slot.FreshUntil + staleFor > now;
}
