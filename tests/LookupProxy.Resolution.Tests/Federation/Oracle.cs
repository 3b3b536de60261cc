using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>What a verdict has to be, from what is known and what the directories would say. Written from the promises, not from the code.</summary>
internal static class Oracle
{
    public static VerdictKind Expect(IReadOnlyList<Known> known, IReadOnlyList<Behaviour> behaviour)
    {
        var all = Enumerable.Range(0, known.Count).ToArray();

        // What is fresh decides alone.
        if (all.Any(i => known[i] == Known.FreshExists))
            return VerdictKind.Valid;
        if (all.All(i => known[i] == Known.FreshAbsent))
            return VerdictKind.Invalid;

        // The others are asked.
        var asked = all.Where(i => known[i] != Known.FreshAbsent).ToArray();
        if (asked.Any(i => Behaviours.SaysExists(behaviour[i])))
            return VerdictKind.Valid;
        if (asked.Any(i => known[i] == Known.StaleExists && !Behaviours.SaysAbsent(behaviour[i])))
            return VerdictKind.Valid;

        // One that had it and has it no more: it may have moved to one that said Absent before.
        if (asked.Any(i => (known[i] is Known.StaleExists or Known.DeadExists) && Behaviours.SaysAbsent(behaviour[i])))
        {
            asked = all;
            if (asked.Any(i => Behaviours.SaysExists(behaviour[i])))
                return VerdictKind.Valid;
        }

        return asked.All(i => Behaviours.SaysAbsent(behaviour[i])) ? VerdictKind.Invalid : VerdictKind.Unknown;
    }
}
