using System.Collections.Immutable;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Storing;

/// <summary>What a sheet in memory and one in the store make of each other.</summary>
internal sealed class StoredAnswers(SheetClock clock, Lifetimes lifetimes, ClockWatch watch)
{
    /// <summary>What this node's directories said; null when that is nothing. What came out of the store is there already.</summary>
    public StoredSheet? ToStored(AnswerSheet sheet)
    {
        var time = new StoredTime(clock);
        var answers = ImmutableArray.CreateBuilder<StoredAnswer>(sheet.Slots.Length);
        for (var i = 0; i < sheet.Slots.Length; i++)
        {
            ref readonly var slot = ref sheet.Slots[i];
            if (slot is { Answer: not null, IsStored: false })
            {
                var directory = sheet.Namespace.Directories[i];
                answers.Add(new StoredAnswer(directory.Name, slot.Answer, time.ToUtc(slot.GivenAt), TimeSpan.FromTicks(slot.FreshUntil - slot.GivenAt))
                {
                    Origin = directory.Origin,
                });
            }
        }

        return answers.Count == 0 ? null : new StoredSheet(sheet.Key, answers.ToImmutable());
    }

    /// <summary>
    /// The sheet with what the store knows besides; the same one when that is nothing. An Exists counts when it is newer than what memory has of its directory.
    /// Absents count only when one node has them, fresh, of all the namespace's directories: two that were learnt apart were perhaps never true together.
    /// </summary>
    /// <param name="notBefore">What was given earlier has been flushed.</param>
    public AnswerSheet Adopt(AnswerSheet memory, StoredSheet stored, long notBefore)
    {
        var time = new StoredTime(clock);
        var slots = Slots(memory.Namespace, stored, time, notBefore);
        if (IsAbsentFromAll(memory, slots, time.Now))
            return memory.WithAll(slots);
        var sheet = memory;
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var known = ref sheet.Slots[i];
            if (slots[i].Answer is null || (known.Answer is not null && known.GivenAt >= slots[i].GivenAt))
                continue;
            if (slots[i].Answer is Answer.Exists)
                sheet = sheet.With(i, slots[i]);
            else if (known.Answer is Answer.Exists)
                // Another node has seen that it is gone: nobody is absent for that, and memory's Exists helps no more.
                sheet = sheet.WithGone(i, default);
        }

        return sheet;
    }

    private static bool IsAbsentFromAll(AnswerSheet memory, Slot[] slots, long now)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            ref readonly var known = ref memory.Slots[i];
            if (slots[i].Answer is not Answer.Absent || !slots[i].IsFresh(now) || (known.Answer is Answer.Exists && known.GivenAt >= slots[i].GivenAt))
                return false;
        }

        return true;
    }

    /// <summary>By the namespace's directories of today: what others said, that were in it once, counts for nothing.</summary>
    private Slot[] Slots(NamespaceState ns, StoredSheet stored, in StoredTime time, long notBefore)
    {
        var slots = new Slot[ns.Directories.Length];
        foreach (var answer in stored.Answers)
        {
            var directory = ns.IndexOf(answer.Directory);
            // The clock was set back since: what was absent then would be so anew when that time comes again.
            if (answer.Answer is Answer.Absent && answer.GivenAt <= watch.SetBackFrom)
                continue;
            if (directory >= 0 && Restore(answer, ns.Directories[directory], time) is { } slot && slot.GivenAt >= notBefore)
                slots[directory] = slot;
        }

        return slots;
    }

    /// <summary>
    /// Null when it counts for nothing. What was told to another question (another base, filter, account, …) may be wrong of this one: such an Exists helps only while its
    /// directory is away. Of its attributes some may not be published any more, and others were not asked for.
    /// </summary>
    private Slot? Restore(StoredAnswer answer, IDirectoryAsker directory, in StoredTime time)
    {
        if (answer.Answer is Answer.Absent && directory.IsDoubted)
            return null;
        var given = time.ToTicks(answer.GivenAt);
        if (answer.Origin == directory.Origin)
            return lifetimes.Restore(answer.Answer, given, answer.FreshFor, time.Now);
        return answer.Answer is Answer.Exists { Recipient: var recipient }
            ? lifetimes.Restore(new Answer.Exists(recipient with { Attributes = StillPublished(recipient, directory), IsPartial = true }), given, TimeSpan.Zero, time.Now)
            : null;
    }

    private static AttributeDictionary StillPublished(Recipient recipient, IDirectoryAsker directory) => recipient.Attributes.IsEmpty
        ? recipient.Attributes
        : AttributeDictionary.Of(recipient.Attributes.Where(attribute => directory.PublishedAttributes.Contains(attribute.Key, StringComparer.OrdinalIgnoreCase)));
}
