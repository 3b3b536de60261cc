using LookupProxy.Core.Listing;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>When a copy was read, and how reading goes on.</summary>
/// <param name="ReadAt">When the last reading began.</param>
/// <param name="FullAt">When the last reading of all began.</param>
/// <param name="TellsGone">Readings of changes tell what has gone.</param>
/// <param name="Mark">Null: only all can be read.</param>
internal sealed record CopyStamp(DateTimeOffset ReadAt, DateTimeOffset FullAt, bool TellsGone, ListingMark? Mark)
{
    /// <summary>Whoever is in the copy was in the directory at this time for certain.</summary>
    public DateTimeOffset ToldAt => TellsGone ? ReadAt : FullAt;
}
