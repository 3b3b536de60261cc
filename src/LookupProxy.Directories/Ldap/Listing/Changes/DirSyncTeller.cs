using System.Collections.Immutable;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>
/// Active Directory's DirSync control (MS-ADTS 3.1.1.3.4.1.3): which entries have changed since a cookie, whose attributes are then read as ever.
/// A cookie is good for every domain controller. Deletions are told only to those who may replicate (flags 0).
/// </summary>
/// <param name="orAsAnybody">Content with what any account is told, where the right to replicate is missing.</param>
internal sealed class DirSyncTeller(bool orAsAnybody) : IChangeTeller
{
    /// <summary>Octets of one answer; a hint to the server.</summary>
    private const int MaxBytes = 1024 * 1024;

    /// <summary>Entries sought by one search.</summary>
    private const int AtATime = 50;

    /// <summary>Answers without an entry while the server goes through its changes.</summary>
    private const int MaxEmptyAnswers = 10_000;

    /// <summary>What a change of makes an entry a recipient or none, besides the attributes that are read or filtered by: a new name or place, its end.</summary>
    private static readonly ImmutableArray<string> _besides = ["name", "isDeleted"];

    private static readonly LdapFilter _none = new LdapFilter.Not(LdapFilter.Anything);

    public string Method => "dirsync";

    public bool HasNoPages => false;

    public bool IsOffered(RootDse rootDse) => rootDse.Offers(Oids.DirSync);

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginFullAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        foreach (var flags in orAsAnybody ? (DirSyncFlags[])[DirSyncFlags.None, DirSyncFlags.ObjectSecurity] : [DirSyncFlags.None])
        {
            var cookies = scope.Contexts.ToDictionary(static context => context, static _ => ReadOnlyMemory<byte>.Empty, StringComparer.OrdinalIgnoreCase);
            if (!await GoOnAsync(scope, flags, _none, cookies, static _ => true, cancellationToken))
                continue;
            var mark = Mark(scope, flags, cookies);
            return scope.AllAsync(() => mark, TellsGone(flags), note: null, cancellationToken);
        }

        return null;
    }

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginChangesAsync(ListingScope scope, ListingMark mark, CancellationToken cancellationToken)
    {
        if (!scope.Seal.TryRead(mark, Read, out var last) || !scope.Contexts.All(last.Cookies.ContainsKey))
            return null;
        var changed = new ChangedEntries(scope);
        var ids = new HashSet<Guid>();
        if (!await GoOnAsync(scope, last.Flags, LdapFilter.Anything, last.Cookies, Note, cancellationToken))
            return null;
        return changed.TellAsync(ids.Chunk(AtATime).Select(Among), Mark(scope, last.Flags, last.Cookies), TellsGone(last.Flags), cancellationToken);

        bool Note(SearchResultEntry entry)
        {
            if (EntryIds.GuidOf(entry) is { } id && ids.Add(id))
                changed.Add(EntryIds.Of(id));
            return !changed.IsTooMuch;
        }
    }

    /// <summary>Brings the cookies up to now.</summary>
    /// <param name="note">Sees what has changed; false when it is too much.</param>
    /// <returns>False when the server refuses.</returns>
    private static async Task<bool> GoOnAsync(
        ListingScope scope, DirSyncFlags flags, LdapFilter filter, Dictionary<string, ReadOnlyMemory<byte>> cookies, Func<SearchResultEntry, bool> note, CancellationToken cancellationToken)
    {
        foreach (var context in cookies.Keys.ToArray())
        {
            var request = new SearchRequest(context, SearchScope.WholeSubtree, filter) { Attributes = [.. scope.Question.Deciding.Union(_besides, StringComparer.OrdinalIgnoreCase)] };
            var emptyAnswers = 0;
            for (var more = true; more;)
            {
                var (entries, end) = await scope.Searches.AskAsync(request, [new DirSyncRequest(flags, MaxBytes, cookies[context]).ToControl()], cancellationToken);
                if (!TryReadEnd(end, context, out var state) || !entries.TrueForAll(entry => note(entry)))
                    return false;
                cookies[context] = state.Cookie;
                more = state.MoreResults;
                emptyAnswers = entries.Count > 0 ? 0 : emptyAnswers + 1;
                if (emptyAnswers > MaxEmptyAnswers)
                    throw new ListingException(UnknownReason.ProtocolError, $"DirSync of {context} comes to no end");
            }
        }

        return true;
    }

    private static bool TryReadEnd(LdapEnd end, string context, out DirSyncResponse state)
    {
        state = null!;
        if (ListingFaults.Of(end, context) is { } failure)
            return ListingFaults.IsRefusal(end) ? false : throw failure;
        return DirSyncResponse.TryRead(end.Controls.Find(Oids.DirSync), out state!);
    }

    private static LdapFilter Among(Guid[] ids) =>
        new LdapFilter.Or([.. ids.Select(static id => new LdapFilter.Equality(EntryIds.ObjectGuid, id.ToByteArray()))]);

    private static bool TellsGone(DirSyncFlags flags) => flags is DirSyncFlags.None;

    private ListingMark Mark(ListingScope scope, DirSyncFlags flags, Dictionary<string, ReadOnlyMemory<byte>> cookies) =>
        scope.Seal.Write(Method, scope.Searches.Server, writer =>
        {
            writer.Write((int)flags);
            writer.Write(cookies.Count);
            foreach (var (context, cookie) in cookies)
            {
                writer.Write(context);
                writer.Write(cookie.Length);
                writer.Write(cookie.Span);
            }
        });

    private static (DirSyncFlags Flags, Dictionary<string, ReadOnlyMemory<byte>> Cookies) Read(BinaryReader reader)
    {
        var flags = (DirSyncFlags)reader.ReadInt32();
        var cookies = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.OrdinalIgnoreCase);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            var context = reader.ReadString();
            cookies[context] = reader.ReadBytes(reader.ReadInt32());
        }

        return (flags, cookies);
    }
}
