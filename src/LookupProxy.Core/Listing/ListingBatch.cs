using System.Collections.Immutable;

namespace LookupProxy.Core.Listing;

/// <summary>A page of a reading.</summary>
/// <param name="IsFull">The reading tells all there is (also when changes had been asked for): what it does not name is gone. The same in all batches of one reading.</param>
/// <param name="Gone">Ids of recipients that are no more; only in a reading of changes.</param>
/// <param name="Mark">In the last batch: where the next reading of changes may go on. Null when the directory can't tell changes.</param>
/// <param name="Expected">Estimate of all recipients, for progress; null when not known.</param>
public sealed record ListingBatch(
    bool IsFull, ImmutableArray<ListedRecipient> Recipients, ImmutableArray<string> Gone, ListingMark? Mark, long? Expected = null);
