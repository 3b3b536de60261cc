using System.Globalization;
using System.Text;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>
/// Active Directory's uSNChanged. Every domain controller counts for itself, and begins anew when it is restored: a mark holds for one controller and
/// its invocationId. Deletions show as tombstones, to those who may see the container of deleted objects.
/// </summary>
internal sealed class UsnTeller : IChangeTeller
{
    private const string UsnChanged = "uSNChanged";
    private const string InvocationId = "invocationId";
    private const string DeletedObjects = "CN=Deleted Objects,";
    private const int GuidOctets = 16;

    public string Method => "usn";

    public bool HasNoPages => false;

    public bool IsOffered(RootDse rootDse) => rootDse is { HighestCommittedUsn: not null, DsServiceName: not null };

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginFullAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        if (await InvocationAsync(scope, cancellationToken) is not { } invocation)
            return null;
        var tellsGone = await SeesTombstonesAsync(scope, cancellationToken);
        var mark = Mark(scope, invocation);
        return scope.AllAsync(() => mark, tellsGone, note: null, cancellationToken);
    }

    public async Task<IAsyncEnumerable<ListingBatch>?> BeginChangesAsync(ListingScope scope, ListingMark mark, CancellationToken cancellationToken)
    {
        if (!scope.Seal.TryRead(mark, static reader => (Invocation: new Guid(reader.ReadBytes(GuidOctets)), Usn: reader.ReadInt64()), out var last)
            || await InvocationAsync(scope, cancellationToken) is not { } invocation
            || invocation != last.Invocation
            || scope.RootDse.HighestCommittedUsn < last.Usn)
            return null;
        var tellsGone = await SeesTombstonesAsync(scope, cancellationToken);
        var since = new LdapFilter.GreaterOrEqual(UsnChanged, Encoding.ASCII.GetBytes((last.Usn + 1).ToString(CultureInfo.InvariantCulture)));
        var changed = new ChangedEntries(scope);
        // Not critical: where it is not allowed, entries that live are found all the same.
        if (!await changed.GatherAsync(new ChangeSearch(since) { Controls = [LdapControls.ShowDeleted(critical: false)] }, cancellationToken))
            return null;
        return changed.TellAsync([since], Mark(scope, invocation), tellsGone, cancellationToken);
    }

    private ListingMark Mark(ListingScope scope, Guid invocation) => scope.Seal.Write(Method, scope.Searches.Server, writer =>
    {
        writer.Write(invocation.ToByteArray());
        writer.Write(scope.RootDse.HighestCommittedUsn!.Value);
    });

    /// <returns>Null when it may not be read.</returns>
    private static async Task<Guid?> InvocationAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        var server = await scope.Searches.FindAsync(scope.RootDse.DsServiceName!, [InvocationId], [], cancellationToken);
        var value = server?.Values(InvocationId).FirstOrDefault();
        return value is { Length: GuidOctets } id ? new Guid(id.Span) : null;
    }

    /// <summary>Seeing one is the proof: the container may be seen where what is in it may not. A domain in which nothing was ever deleted has none to show.</summary>
    private static async Task<bool> SeesTombstonesAsync(ListingScope scope, CancellationToken cancellationToken)
    {
        foreach (var context in scope.Contexts)
        {
            var any = new SearchRequest(DeletedObjects + context, SearchScope.SingleLevel, new LdapFilter.Present(EntryIds.ObjectGuid)) { SizeLimit = 1, Attributes = EntryIds.Attributes };
            var (entries, _) = await scope.Searches.AskAsync(any, [LdapControls.ShowDeleted()], cancellationToken);
            if (!entries.Exists(static entry => EntryIds.GuidOf(entry) is not null))
                return false;
        }

        return true;
    }
}
