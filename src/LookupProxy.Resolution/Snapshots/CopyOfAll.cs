using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>A reading of all, page by page.</summary>
internal sealed class CopyOfAll(CopyKeys keys, SnapshotSettings settings, long? expected) : ICopyReading
{
    private const int MostExpected = 50_000_000;

    private readonly CopyPacker _packer = new(keys, settings, (int)Math.Clamp(expected ?? 0, 0, MostExpected));

    public long Recipients => _packer.Recipients;

    public int Curtailed => _packer.Curtailed;

    public void Add(ListingBatch batch)
    {
        foreach (var listed in batch.Recipients)
        {
            var id = keys.OfId(listed.Id);
            // Search bases may overlap.
            if (!_packer.Has(id, listed))
                _packer.Add(id, listed);
        }
    }

    public RecipientCopy Finish(ListingBatch last, DateTimeOffset startedAt) => new(
        keys, new CopyStamp(startedAt, startedAt, last.TellsGone, last.Mark), _packer.Build(), RecipientTable.Empty, [],
        [.. settings.PublishedAttributes], _packer.HasDomains);
}
