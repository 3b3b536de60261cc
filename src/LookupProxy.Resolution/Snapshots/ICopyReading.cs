using LookupProxy.Core.Listing;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>What a reading has brought so far. Of use only when it comes to its end.</summary>
internal interface ICopyReading
{
    long Recipients { get; }

    /// <summary>Recipients whose attributes were too large to be kept.</summary>
    int Curtailed { get; }

    void Add(ListingBatch batch);

    /// <param name="last">The last batch, which has been added.</param>
    RecipientCopy Finish(ListingBatch last, DateTimeOffset startedAt);
}
