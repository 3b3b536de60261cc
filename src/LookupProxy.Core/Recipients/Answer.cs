namespace LookupProxy.Core.Recipients;

/// <summary>What one directory says of one address. Three answers, never two: a failure is never an absence.</summary>
public abstract record Answer
{
    private Answer()
    {
    }

    public static Absent No { get; } = new();

    public sealed record Exists(Recipient Recipient) : Answer;

    /// <summary>The directory was searched whole and has no such recipient.</summary>
    public sealed record Absent : Answer
    {
        internal Absent()
        {
        }
    }

    /// <param name="Reason">For programs.</param>
    /// <param name="Detail">For people: what happened, to what. Never a secret, never sent to a gateway.</param>
    public sealed record Unknown(UnknownReason Reason, string Detail) : Answer;
}
