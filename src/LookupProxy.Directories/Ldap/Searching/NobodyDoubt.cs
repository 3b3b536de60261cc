using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Searching;

/// <summary>
/// A server finds nobody, and says success, where a filter names an attribute or a matching rule that it does not know (RFC 4511 4.5.1.7). So "nobody is in
/// this group" is believed only of a server that knows the rule for nested groups, and that shows somebody with the attribute; or when the group lies in
/// none of its trees.
/// </summary>
internal sealed class NobodyDoubt
{
    private readonly ListingSearches _searches;
    private readonly HashSet<string> _unseen;

    private NobodyDoubt(IEnumerable<string> attributes, ListingSearches searches)
    {
        _unseen = attributes.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _searches = searches;
    }

    /// <param name="extra">Attributes that are asked about though nobody has said that the directory has them.</param>
    /// <returns>Null when there is nothing to doubt.</returns>
    /// <exception cref="ListingException">The server can't say who is in the group.</exception>
    public static async Task<NobodyDoubt?> ForAsync(LdapFilter filter, ImmutableArray<string> extra, ListingSearches searches, CancellationToken cancellationToken)
    {
        var items = FilterItems.Of(filter).Where(item => FilterItems.IsNested(item) || IsOf(item, extra)).ToImmutableArray();
        if (items.IsEmpty)
            return null;
        var server = await RootDse.ReadAsync(searches, cancellationToken);
        var doubtful = items.Where(item => ValueOf(item) is not { } value || !server.IsElsewhere(value)).ToImmutableArray();
        if (!server.IsActiveDirectory && doubtful.Any(FilterItems.IsNested))
            throw new ListingException(UnknownReason.NotReady, $"the server is no Active Directory: it does not know the matching rule for nested groups ({Oids.TransitiveEvaluation})");
        return doubtful.IsEmpty ? null : new NobodyDoubt(doubtful.Where(item => IsOf(item, extra)).Select(NameOf), searches);
    }

    /// <summary>Somebody who has an attribute proves that the server knows and shows it.</summary>
    public void See(List<SearchResultEntry> entries)
    {
        if (_unseen.Count > 0)
            _unseen.RemoveWhere(attribute => entries.Exists(entry => entry.Texts(attribute).Any()));
    }

    /// <param name="anybody">Searches for all recipients.</param>
    /// <exception cref="ListingException">Nobody at all has one of the attributes.</exception>
    public async Task SettleAsync(IEnumerable<SearchRequest> anybody, CancellationToken cancellationToken)
    {
        foreach (var attribute in _unseen)
        {
            if (!await IsSeenAsync(attribute, anybody, cancellationToken))
                throw new ListingException(UnknownReason.NotReady, $"nobody there has the attribute {attribute}: the server does not know it, or it may not be read");
        }
    }

    private async Task<bool> IsSeenAsync(string attribute, IEnumerable<SearchRequest> anybody, CancellationToken cancellationToken)
    {
        foreach (var search in anybody)
        {
            var request = search with { Filter = new LdapFilter.And([new LdapFilter.Present(attribute), search.Filter]), SizeLimit = 1, Attributes = ["1.1"] };
            var (entries, end) = await _searches.AskAsync(request, [], cancellationToken);
            if (entries.Count > 0)
                return true;
            if (ListingFaults.Of(end, search.BaseObject) is { } failure)
                throw failure;
        }

        return false;
    }

    private static bool IsOf(LdapFilter item, ImmutableArray<string> attributes) => attributes.Contains(NameOf(item), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(LdapFilter item) => FilterItems.WithoutOptions(FilterItems.AttributeOf(item) ?? "");

    /// <summary>Null for an assertion that names no one value.</summary>
    private static string? ValueOf(LdapFilter item) => item switch
    {
        LdapFilter.Equality equality => Encoding.UTF8.GetString(equality.Value.Span),
        LdapFilter.Extensible extensible => Encoding.UTF8.GetString(extensible.Value.Span),
        _ => null,
    };
}
