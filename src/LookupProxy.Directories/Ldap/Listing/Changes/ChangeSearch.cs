using System.Collections.Immutable;
using LookupProxy.Ldap.Controls;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing.Changes;

/// <summary>What finds the entries that have changed, recipients or not.</summary>
internal sealed record ChangeSearch(LdapFilter Since)
{
    public ImmutableArray<LdapControl> Controls { get; init; } = [];

    /// <summary>Besides the id.</summary>
    public ImmutableArray<string> Attributes { get; init; } = [];

    /// <summary>Sees every entry found.</summary>
    public Action<SearchResultEntry>? Note { get; init; }
}
