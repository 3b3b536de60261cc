using LookupProxy.Core.Listing;

namespace LookupProxy.SystemTests.Listing;

/// <summary>All that one reading brought.</summary>
internal sealed record ReadRecipients(bool IsFull, IReadOnlyDictionary<string, ListedRecipient> ById, IReadOnlySet<string> Gone, IReadOnlySet<string> Unchanged, bool OthersGone, bool TellsGone, ListingMark? Mark)
{
    public IEnumerable<string> Primaries => ById.Values.Select(recipient => recipient.Addresses[0].Text).Order(StringComparer.Ordinal);

    public ListedRecipient Only => Assert.Single(ById.Values);

    public static async Task<ReadRecipients> FromAsync(IRecipientListing listing, ListingMark? since = null)
    {
        var byId = new Dictionary<string, ListedRecipient>(StringComparer.Ordinal);
        var gone = new HashSet<string>(StringComparer.Ordinal);
        var unchanged = new HashSet<string>(StringComparer.Ordinal);
        ListingBatch? last = null;
        await foreach (var batch in listing.ReadAsync(since, TestContext.Current.CancellationToken))
        {
            Assert.True(last is null || last.IsFull == batch.IsFull);
            Assert.Null(last?.Mark);
            foreach (var recipient in batch.Recipients)
                byId[recipient.Id] = recipient;
            gone.UnionWith(batch.Gone);
            unchanged.UnionWith(batch.Unchanged);
            last = batch;
        }

        Assert.NotNull(last);
        return new ReadRecipients(last.IsFull, byId, gone, unchanged, last.OthersGone, last.TellsGone, last.Mark);
    }

    /// <summary>The recipients as they are after a reading of changes; of itself when that was a full one.</summary>
    public Dictionary<string, ListedRecipient> With(ReadRecipients changes)
    {
        if (changes.IsFull)
            return new(changes.ById);
        var now = ById.Where(pair => !changes.Gone.Contains(pair.Key) && (!changes.OthersGone || changes.Unchanged.Contains(pair.Key))).ToDictionary();
        foreach (var (id, recipient) in changes.ById)
            now[id] = recipient;
        return now;
    }
}
