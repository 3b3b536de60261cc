using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Federation;

/// <summary>Of several failures the one that tells most: what a server said or did, before our own choice not to ask it, before time that ran out.</summary>
internal static class ReasonRank
{
    public static Answer.Unknown MoreTelling(Answer.Unknown? first, Answer.Unknown second) =>
        first is null || Rank(second.Reason) < Rank(first.Reason) ? second : first;

    private static int Rank(UnknownReason reason) => reason switch
    {
        UnknownReason.None => 3,
        UnknownReason.Deadline => 2,
        UnknownReason.CircuitOpen or UnknownReason.Isolated or UnknownReason.Overloaded => 1,
        _ => 0,
    };
}
