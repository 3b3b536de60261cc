using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>A reading of changes, page by page, upon a copy.</summary>
internal sealed class CopyOfChanges(RecipientCopy before, SnapshotSettings settings) : ICopyReading
{
    /// <summary>The share of all recipients from which on changes are worked in: above it they cost more memory and time than they save.</summary>
    private const int MostChanges = 4;
    private const int ChangesAlwaysKept = 1000;

    private readonly CopyKeys _keys = before.Keys;

    // A later page has the last word; null when it said that the recipient is gone.
    private readonly Dictionary<ulong, ListedRecipient?> _said = [];
    private readonly HashSet<ulong> _unchanged = [];

    public long Recipients => _said.Count + _unchanged.Count;

    public int Curtailed { get; private set; }

    public void Add(ListingBatch batch)
    {
        foreach (var id in batch.Gone)
            _said[_keys.OfId(id)] = null;
        foreach (var listed in batch.Recipients)
            _said[_keys.OfId(listed.Id)] = listed;
        foreach (var id in batch.Unchanged)
            _unchanged.Add(_keys.OfId(id));
    }

    public RecipientCopy Finish(ListingBatch last, DateTimeOffset startedAt)
    {
        // What is not told does not make an older copy newer than it is.
        var stamp = new CopyStamp(startedAt, before.Stamp.FullAt, before.Stamp.TellsGone && last.TellsGone, last.Mark);
        if (_said.Count == 0 && !last.OthersGone)
            return new RecipientCopy(_keys, stamp, before.All, before.Changed, before.Replaced, before.Attributes, before.HasDomains);

        var packer = new CopyPacker(_keys, settings);
        foreach (var recipient in before.Changed.Walk())
        {
            if (Stays(recipient.Id))
                packer.Add(recipient);
        }

        foreach (var (id, listed) in _said)
        {
            if (listed is not null)
                packer.Add(id, listed);
        }

        Curtailed = packer.Curtailed;
        var replaced = Replaced();
        var hasDomains = before.HasDomains || packer.HasDomains;
        var changed = packer.Build();
        if (replaced.Count + changed.Recipients <= (before.All.Recipients / MostChanges) + ChangesAlwaysKept)
            return new RecipientCopy(_keys, stamp, before.All, changed, replaced, before.Attributes, hasDomains);
        return new RecipientCopy(_keys, stamp, WorkIn(changed, replaced), RecipientTable.Empty, [], before.Attributes, hasDomains);

        bool Stays(ulong id) => !_said.ContainsKey(id) && (!last.OthersGone || _unchanged.Contains(id));

        HashSet<ulong> Replaced()
        {
            var ids = new HashSet<ulong>(before.Replaced);
            foreach (var recipient in before.All.Walk())
            {
                if (!Stays(recipient.Id))
                    ids.Add(recipient.Id);
            }

            return ids;
        }
    }

    private RecipientTable WorkIn(RecipientTable changed, HashSet<ulong> replaced)
    {
        var whole = new CopyPacker(_keys, settings, before.All.Addresses + changed.Addresses);
        foreach (var recipient in before.All.Walk())
        {
            if (!replaced.Contains(recipient.Id))
                whole.Add(recipient);
        }

        foreach (var recipient in changed.Walk())
            whole.Add(recipient);
        return whole.Build();
    }
}
