using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="Views">The names given, to be checked against the views there are.</param>
/// <param name="PassThrough">Null when nothing is said of it.</param>
/// <param name="Rules">Not in the settings yet: they are checked against namespaces and views first.</param>
internal sealed record LdapEntry(EndpointSettings<LdapOptions> Settings, ImmutableArray<Located<string>> Views, ImmutableArray<LdapRuleEntry> Rules, PassThroughEntry? PassThrough)
{
    public Located<string>? DefaultDomain { get; init; }

    /// <summary>Attributes that the entries' settings name, to be checked against what directories give.</summary>
    public ImmutableArray<Located<string>> Attributes { get; init; } = [];
}
