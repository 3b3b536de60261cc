namespace LookupProxy.Directories.Ldap;

/// <summary>How recipients are written in a directory: a preset, any field of which the operator may override.</summary>
public sealed record LdapSchema
{
    public required string Name { get; init; }

    /// <summary>RFC 4515 with {address} {local} {domain}, which are escaped.</summary>
    public required string Filter { get; init; }

    /// <summary>The attribute that holds the primary address; for proxyAddresses the value with SMTP: in capitals.</summary>
    public required string PrimaryAddressAttribute { get; init; }

    /// <summary>A disabled account counts as a recipient.</summary>
    public bool DisabledExists { get; init; } = true;
}
