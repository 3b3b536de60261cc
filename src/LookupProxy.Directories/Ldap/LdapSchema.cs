using System.Collections.Immutable;

namespace LookupProxy.Directories.Ldap;

/// <summary>How recipients are written in a directory: a preset, any field of which the operator may override.</summary>
public sealed record LdapSchema
{
    public required string Name { get; init; }

    /// <summary>RFC 4515 with {address} {local} {domain}, whose values never change the filter's shape. <see cref="LdapOptionsCheck.FilterFault"/> checks it.</summary>
    public required string Filter { get; init; }

    /// <summary>The attribute that holds the primary address; for proxyAddresses the value with SMTP: in capitals.</summary>
    public required string PrimaryAddressAttribute { get; init; }

    /// <summary>A disabled account counts as a recipient.</summary>
    public bool DisabledExists { get; init; } = true;

    /// <summary>Any of them makes an account disabled.</summary>
    public ImmutableArray<LdapDisabledRule> DisabledWhen { get; init; } = [];

    /// <summary>The attribute whose value TRUE means that unauthenticated senders may not write to it.</summary>
    public string? AuthenticatedSendersAttribute { get; init; }

    /// <summary>Where users have a second name that is written like an address, to sign in with; null where they have none.</summary>
    public string? PrincipalNameAttribute { get; init; }

    /// <summary>
    /// Servers say in their root DSE whether they have caught up with the others, and references to Active Directory's own partitions (Configuration, Schema,
    /// DomainDnsZones, ForestDnsZones) don't count: they hold no recipients. These are classified by name, not suppressed with the domain scope control,
    /// which would hide child domains too.
    /// </summary>
    public bool IsActiveDirectory { get; init; }
}
