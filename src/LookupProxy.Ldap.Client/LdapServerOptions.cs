namespace LookupProxy.Ldap.Client;

/// <summary>How to reach one LDAP server.</summary>
public sealed record LdapServerOptions
{
    /// <summary>ldap://host[:389] or ldaps://host[:636].</summary>
    public required Uri Uri { get; init; }

    public LdapTlsOptions Tls { get; init; } = new();

    public LdapBindOptions Bind { get; init; } = new();

    /// <summary>TCP, TLS and bind together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Connections kept to the server. Each carries many searches at a time.</summary>
    public int Connections { get; init; } = 2;

    /// <summary>Sessions at a time, each with a connection of its own beside <see cref="Connections"/>.</summary>
    public int MaxSessions { get; init; } = 32;

    /// <summary>Searches on one connection at a time.</summary>
    public int MaxOutstandingPerConnection { get; init; } = 256;

    /// <summary>Silence after which the connection is tried with a root DSE search. Active Directory closes at 15 min (MaxConnIdleTime), firewalls often earlier.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For the answer to that root DSE search; without it the connection is given up.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this a connection is replaced, so that load balancers and changed credentials take effect.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Pause before the second attempt to connect; doubles up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Short: while a server is down only the resolver's probes come here, and two seconds after its repair it is to be in use again.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Pause after invalidCredentials, unless the password changes: a directory that locks accounts counts every attempt. Doubles five times while the same one stays wrong.</summary>
    public TimeSpan RefusedBindBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Octets of one PDU that the server may send.</summary>
    public int MaxMessageBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Entries that one search may bring, and as many references. Beyond it ends as with the server's own sizeLimitExceeded.</summary>
    public int MaxEntries { get; init; } = 64;

    /// <summary>Octets of all the PDUs that one search may bring. Beyond it ends as with the server's own sizeLimitExceeded.</summary>
    public int MaxAnswerBytes { get; init; } = 8 * 1024 * 1024;
}
