using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Controls;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>
/// RFC 4533, refresh only: OpenLDAP's overlay syncprov and others. Without a cookie a refresh tells everything, with one what has changed, in one answer
/// that no paging divides: the account's size limit must let it through.
/// </summary>
internal sealed class SyncReplTeller : IChangeTeller
{
    public string Method => "syncrepl";

    public bool HasNoPages => true;

    /// <summary>389 Directory Server names only what has changed and ends as if all else were gone (refreshDeletes FALSE, RFC 4533 3.3): copies would lose their people.</summary>
    public bool IsOffered(RootDse rootDse) => rootDse.Offers(Oids.SyncRequest) && !rootDse.Is389Directory;

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginFullAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        var refresh = new SyncRefresh(scope, scope.BaseDns[0], cookie: null);
        var first = await refresh.ReadAsync(scope.Searches.Options.PageSize, cancellationToken);
        return refresh.End is { } end && ListingFaults.IsRefusal(end) ? null : AllAsync(scope, refresh, first, cancellationToken);
    }

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginChangesAsync(ListingScope scope, ListingMark mark, CancellationToken cancellationToken)
    {
        if (!scope.Seal.TryRead(mark, Read, out var cookies) || cookies!.Length != scope.BaseDns.Length)
            return null;
        var changes = new Dictionary<Guid, SyncItem>();
        var present = new List<Guid>();
        var refreshes = new List<SyncRefresh>();
        foreach (var (baseDn, cookie) in scope.BaseDns.Zip(cookies))
        {
            var refresh = new SyncRefresh(scope, baseDn, cookie);
            refreshes.Add(refresh);
            if (!await GatherAsync(refresh, changes, present, scope.Searches.Options, cancellationToken))
                return null;
        }

        // Deletions told below one base and not below another do not add up.
        var tellsDeleted = refreshes[0].TellsDeleted;
        if (refreshes.Exists(refresh => refresh.TellsDeleted != tellsDeleted))
            return null;
        // "All that was not named is gone", and nothing was named: rather read anew than believe that.
        if (!tellsDeleted && changes.Count == 0 && present.Count == 0)
            return null;
        return TellAsync(scope, changes.Values, tellsDeleted ? null : present, Mark(scope, refreshes));
    }

    private async IAsyncEnumerable<ListingBatch> AllAsync(
        ListingScope scope, SyncRefresh refresh, List<SyncItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<SyncRefresh> refreshes = [refresh];
        while (true)
        {
            yield return new ListingBatch(IsFull: true, Recipients(scope, items, gone: null), [], Mark: null);
            if (refresh.End is { } end)
            {
                if (ListingFaults.Of(end, refresh.BaseDn) is { } failure)
                    throw failure;
                if (refreshes.Count == scope.BaseDns.Length)
                    break;
                refresh = new SyncRefresh(scope, scope.BaseDns[refreshes.Count], cookie: null);
                refreshes.Add(refresh);
            }

            items = await refresh.ReadAsync(scope.Searches.Options.PageSize, cancellationToken);
        }

        yield return new ListingBatch(IsFull: true, [], [], Mark(scope, refreshes));
    }

    /// <returns>False when the server refuses, as it does for a cookie that is too old (e-syncRefreshRequired), or it is too much.</returns>
    private static async Task<bool> GatherAsync(
        SyncRefresh refresh, Dictionary<Guid, SyncItem> changes, List<Guid> present, LdapListingOptions options, CancellationToken cancellationToken)
    {
        var here = new Dictionary<Guid, SyncItem>();
        while (refresh.End is null)
        {
            foreach (var item in await refresh.ReadAsync(options.PageSize, cancellationToken))
            {
                if (item.State is SyncEntryState.Present)
                    present.Add(item.Id);
                else
                    here[item.Id] = item;
            }

            if (changes.Count + here.Count > options.MaxChanges)
                return false;
        }

        foreach (var (id, item) in here)
        {
            // Whoever has left one base may have come to another.
            if (item.Entry is not null || !changes.ContainsKey(id))
                changes[id] = item;
        }

        if (ListingFaults.Of(refresh.End, refresh.BaseDn) is not { } failure)
            return true;
        return ListingFaults.IsRefusal(refresh.End) ? false : throw failure;
    }

    /// <param name="present">Null when deletions were told.</param>
    private static async IAsyncEnumerable<ListingBatch> TellAsync(ListingScope scope, IEnumerable<SyncItem> changes, List<Guid>? present, ListingMark? mark)
    {
        await Task.CompletedTask;
        var size = scope.Searches.Options.PageSize;
        foreach (var some in changes.Chunk(size))
        {
            var gone = ImmutableArray.CreateBuilder<string>();
            var recipients = Recipients(scope, some, gone);
            yield return new ListingBatch(IsFull: false, recipients, gone.ToImmutable(), Mark: null);
        }

        foreach (var some in (present ?? []).Chunk(size))
            yield return new ListingBatch(IsFull: false, [], [], Mark: null) { Unchanged = [.. some.Select(EntryIds.Of)] };
        yield return new ListingBatch(IsFull: false, [], [], mark) { OthersGone = present is not null };
    }

    private static ImmutableArray<ListedRecipient> Recipients(ListingScope scope, IReadOnlyCollection<SyncItem> items, ImmutableArray<string>.Builder? gone)
    {
        var recipients = ImmutableArray.CreateBuilder<ListedRecipient>(items.Count);
        foreach (var item in items)
        {
            if (item.Entry is not null && scope.Reader.Read(item.Entry, EntryIds.Of(item.Id)) is { } recipient)
                recipients.Add(recipient);
            else
                gone?.Add(EntryIds.Of(item.Id));
        }

        return recipients.DrainToImmutable();
    }

    /// <returns>Null when the server gave no cookie.</returns>
    private ListingMark? Mark(ListingScope scope, List<SyncRefresh> refreshes) =>
        refreshes.TrueForAll(static refresh => refresh.Cookie is not null)
            ? scope.Seal.Write(Method, scope.Searches.Server, writer =>
            {
                writer.Write(refreshes.Count);
                foreach (var refresh in refreshes)
                {
                    writer.Write(refresh.Cookie!.Value.Length);
                    writer.Write(refresh.Cookie.Value.Span);
                }
            })
            : null;

    private static ReadOnlyMemory<byte>[] Read(BinaryReader reader)
    {
        var cookies = new List<ReadOnlyMemory<byte>>();
        for (var count = reader.ReadInt32(); count > 0; count--)
            cookies.Add(reader.ReadBytes(reader.ReadInt32()));
        return [.. cookies];
    }
}
