namespace LookupProxy.Ldap.Client;

public sealed record LdapTlsOptions
{
    /// <summary>With ldap://: no bind and no search before TLS is up.</summary>
    public bool StartTls { get; init; }

    /// <summary>PEM of the authorities that are trusted instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM of the client certificate.</summary>
    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    /// <summary>The name to look for in the certificate when it is not the URL's host.</summary>
    public string? ServerName { get; init; }

    /// <summary>False only for a laboratory; the configuration check warns.</summary>
    public bool Verify { get; init; } = true;
}
