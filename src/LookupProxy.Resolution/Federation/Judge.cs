using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Federation;

/// <summary>
/// The one place where answers become a ruling.
/// Any fresh Exists makes valid. Fresh Absents of all directories make invalid. An old Exists makes valid when its own directory can't be asked now.
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

    public static bool IsUsableStale(in Slot slot, long now, long staleFor) =>
        slot.Answer is Answer.Exists && slot.FreshUntil + staleFor > now;
}
