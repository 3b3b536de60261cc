using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="Named">Attributes that somebody should give: mapped from, or allowed to leave.</param>
internal sealed record LdapEntriesEntry(EntryOptions Options, ImmutableArray<Located<string>> Named)
{
    public static LdapEntriesEntry None { get; } = new(new EntryOptions(), []);
}
