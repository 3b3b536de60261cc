using System.Collections.Immutable;

namespace LookupProxy.Core.Listing;

/// <summary>A page of a reading.</summary>
/// <param name="IsFull">The reading tells all there is (also when changes had been asked for): what it does not name is gone. The same in all batches of one reading.</param>
/// <param name="Recipients">In a reading of changes: as they are now, new or not; all that was known under their ids is replaced.</param>
/// <param name="Gone">Ids of recipients that are no more; only in a reading of changes. May name what was never known.</param>
/// <param name="Mark">In the last batch: where the next reading of changes may go on. Null when the directory can't tell changes.</param>
/// <param name="Expected">Estimate of all recipients, for progress; null when not known.</param>
public sealed record ListingBatch(
    bool IsFull, ImmutableArray<ListedRecipient> Recipients, ImmutableArray<string> Gone, ListingMark? Mark, long? Expected = null)
{
    /// <summary>Ids of recipients that are as they were; only in a reading of changes that ends with <see cref="OthersGone"/>.</summary>
    public ImmutableArray<string> Unchanged { get; init; } = [];

    /// <summary>In the last batch of a reading of changes: what the whole reading named neither as a recipient nor as unchanged is gone.</summary>
    public bool OthersGone { get; init; }

    /// <summary>In the last batch. False: what goes will not all be told as a change, so that a full reading is needed from time to time to find it.</summary>
    public bool TellsGone { get; init; } = true;
}
