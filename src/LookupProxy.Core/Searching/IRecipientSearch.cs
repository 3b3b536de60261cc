using System.Collections.Immutable;
using LookupProxy.Core.Listing;

namespace LookupProxy.Core.Searching;

/// <summary>A directory whose recipients can be searched by more than an address. An <c>IDirectory</c> implements it beside; a local copy may stand in for it.</summary>
public interface IRecipientSearch
{
    /// <summary>Whether the directory has a tree in which this name lies, or which lies below it.</summary>
    /// <param name="name">An RFC 4514 name.</param>
    bool Holds(string name);

    /// <summary>
    /// All recipients that may match; the caller evaluates the filter itself. May give one twice. Holds one page in memory, and reads on as the caller does.
    /// Ends normally only when all was searched: every failure, also a partial answer, is a <see cref="ListingException"/>.
    /// </summary>
    IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, CancellationToken cancellationToken);
}
