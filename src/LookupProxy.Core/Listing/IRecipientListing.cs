namespace LookupProxy.Core.Listing;

/// <summary>A directory that can tell all its recipients, and perhaps what has changed since. An <c>IDirectory</c> implements it beside.</summary>
public interface IRecipientListing
{
    /// <summary>
    /// Reads all recipients, or only what has changed since the mark when that is possible; see <see cref="ListingBatch.IsFull"/>.
    /// Batches count in their order. A recipient may come twice in a full reading (bases that overlap): then it is the same, and either may be kept.
    /// Ends normally only when all was read: every failure, also a partial answer, is a <see cref="ListingException"/>. Holds one page in memory.
    /// </summary>
    /// <param name="since">The mark of an earlier reading; null for a full one.</param>
    IAsyncEnumerable<ListingBatch> ReadAsync(ListingMark? since, CancellationToken cancellationToken);
}
