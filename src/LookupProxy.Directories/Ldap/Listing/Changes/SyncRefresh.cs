using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>The refresh stage of RFC 4533 (3.3), below one base.</summary>
internal sealed class SyncRefresh(ListingScope scope, string baseDn, ReadOnlyMemory<byte>? cookie) : IAsyncDisposable
{
    private readonly ILdapResponses _responses =
        scope.Searches.Search(scope.Question.Recipients(baseDn), new SyncRequest(SyncMode.RefreshOnly, cookie).ToControl());

    /// <summary>How it ended; null while it goes on.</summary>
    public LdapEnd? End => _responses.End;

    public string BaseDn => baseDn;

    /// <summary>Where the next refresh goes on.</summary>
    public ReadOnlyMemory<byte>? Cookie { get; private set; } = cookie;

    /// <summary>At the end: what went was told as deleted. Otherwise what was not told at all has gone.</summary>
    public bool TellsDeleted { get; private set; }

    /// <summary>Some of what came, at least <paramref name="count"/> unless the end is reached.</summary>
    public async Task<List<SyncItem>> ReadAsync(int count, CancellationToken cancellationToken)
    {
        var items = new List<SyncItem>();
        while (items.Count < count)
        {
            if (await _responses.ReadAsync(cancellationToken) is not { } message)
            {
                ReadEnd(End!);
                break;
            }

            switch (message.Operation)
            {
                case SearchResultEntry entry:
                    items.Add(ItemOf(message, entry));
                    break;
                case SearchResultReference reference:
                    scope.Searches.Heed(reference, baseDn);
                    break;
                case IntermediateResponse { Oid: Oids.SyncInfo } response:
                    ReadInfo(response, items);
                    break;
            }
        }

        return items;
    }

    public ValueTask DisposeAsync() => _responses.DisposeAsync();

    private SyncItem ItemOf(LdapMessage message, SearchResultEntry entry)
    {
        if (!SyncState.TryRead(message.Controls.Find(Oids.SyncState), out var state))
            throw Broken("an entry without its state");
        Cookie = state.Cookie ?? Cookie;
        return new SyncItem(state.State, state.EntryUuid, state.State is SyncEntryState.Add or SyncEntryState.Modify ? entry : null);
    }

    private void ReadInfo(IntermediateResponse response, List<SyncItem> items)
    {
        if (!SyncInfo.TryRead(response, out var info))
            throw Broken("a Sync Info message that cannot be read");
        switch (info)
        {
            case SyncInfo.NewCookie changed:
                Cookie = changed.Cookie;
                break;
            case SyncInfo.PhaseEnd phase:
                Cookie = phase.Cookie ?? Cookie;
                break;
            case SyncInfo.IdSet set:
                Cookie = set.Cookie ?? Cookie;
                var state = set.RefreshDeletes ? SyncEntryState.Delete : SyncEntryState.Present;
                foreach (var id in set.EntryUuids)
                    items.Add(new SyncItem(state, id));
                break;
        }
    }

    private void ReadEnd(LdapEnd end)
    {
        if (!end.IsSuccess)
            return;
        if (!SyncDone.TryRead(end.Controls.Find(Oids.SyncDone), out var done))
            throw Broken("an end without its state");
        Cookie = done.Cookie ?? Cookie;
        TellsDeleted = done.RefreshDeletes;
    }

    private ListingException Broken(string what) => new(UnknownReason.ProtocolError, $"{scope.Searches.Server} does not synchronise as RFC 4533 has it: {what}");
}
