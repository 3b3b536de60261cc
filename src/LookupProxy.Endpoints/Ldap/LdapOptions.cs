using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Users;

namespace LookupProxy.Endpoints.Ldap;

public sealed record LdapOptions
{
    /// <summary>Where entries are: the only naming context. Searches may have any base.</summary>
    public string Suffix { get; init; } = "o=lookupproxy";

    public LdapFlavour Flavour { get; init; }

    public ImmutableArray<LdapAccountOptions> Accounts { get; init; } = [];

    /// <summary>Whether a client may search without having bound.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Whether a password may come over the network without TLS.</summary>
    public bool AllowClearTextBind { get; init; }

    /// <summary>The namespaces that clients see whose account names none; null for the default ones.</summary>
    public string? View { get; init; }

    /// <summary>The domain of attributes that hold a local part only (uid, cn, ShortName); null when these ask for no address.</summary>
    public string? DefaultDomain { get; init; }

    /// <summary>The firewall: the first rule that concerns a question decides it, and without one that does it is refused. Empty for no firewall.</summary>
    public ImmutableArray<LdapRule> Rules { get; init; } = [];

    /// <summary>Pass-through search; null when it is off.</summary>
    public PassThroughSearchOptions? Search { get; init; }

    /// <summary>Pass-through bind; null when it is off.</summary>
    public UserBindOptions? UserBind { get; init; }

    public EntryOptions Entries { get; init; } = new();

    /// <summary>
    /// Between two requests. Postfix keeps its connection for an smtpd's life and opens another without loss when this one is closed;
    /// Haraka leaves one open for each recipient and never closes any.
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>From a request's first byte to its last, for a TLS handshake, and for the client to take an answer.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxConnections { get; init; } = 20_000;

    /// <summary>Of one client address. Haraka holds one for each recipient of the last <see cref="IdleTimeout"/>.</summary>
    public int MaxConnectionsPerClient { get; init; } = 10_000;

    /// <summary>Searches of one connection that wait for a directory; more are answered busy.</summary>
    public int MaxOutstanding { get; init; } = 256;

    /// <summary>Octets of one request.</summary>
    public int MaxRequestBytes { get; init; } = 256 * 1024;
}
