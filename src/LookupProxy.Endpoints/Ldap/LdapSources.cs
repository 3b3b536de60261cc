using System.Collections.Frozen;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Searching;

namespace LookupProxy.Endpoints.Ldap;

/// <summary>What lies behind the resolver, for questions that are passed through.</summary>
public sealed record LdapSources
{
    public NamespaceMap Namespaces { get; init; } = NamespaceMap.Empty;

    /// <summary>By directory. One that is not there can't be searched by more than an address.</summary>
    public FrozenDictionary<string, IRecipientSearch> Searches { get; init; } = FrozenDictionary<string, IRecipientSearch>.Empty;

    /// <summary>By directory. One that is not there has no users with passwords.</summary>
    public FrozenDictionary<string, ICredentialCheck> Users { get; init; } = FrozenDictionary<string, ICredentialCheck>.Empty;
}
