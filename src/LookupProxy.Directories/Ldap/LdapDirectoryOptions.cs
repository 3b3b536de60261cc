using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Ldap.Client;

namespace LookupProxy.Directories.Ldap;

public enum ReferencesPolicy
{
    /// <summary>A reference that may hide recipients, with no entry found, makes the answer Unknown(Referral).</summary>
    Unknown,

    /// <summary>The operator knows that they lead to no recipient.</summary>
    Ignore,
}

public enum UnsynchronizedPolicy
{
    /// <summary>Nobody is absent by the word of a domain controller that says it has not caught up with the others.</summary>
    Unknown,

    /// <summary>The operator knows that it never will, and lacks nobody: it is alone.</summary>
    Ignore,
}

public sealed record LdapDirectoryOptions
{
    public required string Name { get; init; }

    public required ImmutableArray<LdapServerOptions> Servers { get; init; }

    /// <summary>All of them are searched; an address is absent only when it is in none.</summary>
    public required ImmutableArray<string> BaseDns { get; init; }

    public required LdapSchema Schema { get; init; }

    public ReferencesPolicy References { get; init; } = ReferencesPolicy.Unknown;

    /// <summary>Of Active Directory only.</summary>
    public UnsynchronizedPolicy Unsynchronized { get; init; } = UnsynchronizedPolicy.Unknown;

    /// <summary>Attributes that a recipient may carry out of the proxy, besides what decides its kind.</summary>
    public ImmutableArray<string> PublishedAttributes { get; init; } = ["mail", "proxyAddresses"];

    /// <summary>Addresses that one search may ask for while the server has others to answer.</summary>
    public int AddressesPerSearch { get; init; } = 16;

    public LdapListingOptions Listing { get; init; } = new();

    /// <summary>What is asked, as whom, and how answers are read: of another one they are answers to another question. Not the servers, which are replicas: one more or less is no other directory.</summary>
    public string Origin => string.Join('\n', (IEnumerable<string>)[
        .. BaseDns, Schema.Name, Schema.Filter, Schema.PrimaryAddressAttribute, Schema.DisabledExists.ToString(), References.ToString(),
        .. Unsynchronized == UnsynchronizedPolicy.Ignore ? ["unsynchronized"] : Array.Empty<string>(),
        .. Servers.Select(static server => server.Bind.ToString()).Distinct(StringComparer.Ordinal), .. PublishedAttributes]);
}
