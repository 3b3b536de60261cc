using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Listing;

/// <summary>A reading did not come to its end; nothing of it may be used.</summary>
public sealed class ListingException : Exception
{
    public ListingException(UnknownReason reason, string message)
        : base(message) => Reason = reason;

    public ListingException(UnknownReason reason, string message, Exception innerException)
        : base(message, innerException) => Reason = reason;

    public UnknownReason Reason { get; }
}
