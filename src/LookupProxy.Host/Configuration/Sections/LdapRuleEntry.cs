using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>A rule with the places of what other sections must agree with.</summary>
/// <param name="View">Its namespaces are added to the rule's own once views are known.</param>
internal sealed record LdapRuleEntry(
    LdapRule Rule, ReadScope Name, ImmutableArray<Located<string>> Accounts, ImmutableArray<Located<string>> Namespaces, Located<string>? View);
