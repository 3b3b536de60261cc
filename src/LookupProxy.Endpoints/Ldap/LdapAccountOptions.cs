namespace LookupProxy.Endpoints.Ldap;

/// <summary>One who may bind. Without a secret it can bind by certificate only.</summary>
public sealed record LdapAccountOptions
{
    /// <summary>A DN, or any other name that gateways bind with (user@domain, DOMAIN\user), compared without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>Gives the password as it is now; null when there is none in the clear.</summary>
    public Func<string>? ReadPassword { get; init; }

    /// <summary>Gives the hash of the password as it is now (<see cref="Accounts.PasswordHash"/>).</summary>
    public Func<string>? ReadPasswordHash { get; init; }

    /// <summary>The subject of the client certificate that stands for this account (SASL EXTERNAL), an RFC 4514 name.</summary>
    public string? CertificateSubject { get; init; }

    /// <summary>The namespaces it sees; null for the listener's.</summary>
    public string? View { get; init; }
}
