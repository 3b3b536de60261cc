using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap.Accounts;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Firewall;
using LookupProxy.Endpoints.Ldap.Searching;
using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Ldap.Codec;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>What all LDAP connections share.</summary>
internal sealed class LdapServices
{
    /// <summary>Octets of a request before a bind: room for any bind and any recipient's search.</summary>
    private const int UnboundRequestBytes = 64 * 1024;

    /// <summary>Characters of attributes' names in a log line.</summary>
    private const int MaxShownAttributes = 200;

    private readonly LogThrottle _undecided;
    private readonly LogThrottle _nothingAskedFor;
    private readonly LogThrottle _refused;

    public LdapServices(LdapOptions options, IRecipientResolver resolver, ConnectionServices connections, Func<SslServerAuthenticationOptions>? tls, LdapSources? sources = null)
    {
        Sources = sources ?? new LdapSources();
        var caseSensitive = Sources.Namespaces.Namespaces.Where(static ns => ns.CaseSensitive).Select(static ns => ns.Name).ToFrozenSet(StringComparer.Ordinal);
        options = options with { Entries = options.Entries with { CaseSensitive = caseSensitive } };
        Options = options;
        Resolver = resolver;
        Connections = connections;
        Tls = tls;
        _undecided = new LogThrottle(connections.Time, burst: 1, window: TimeSpan.FromMinutes(1));
        _nothingAskedFor = new LogThrottle(connections.Time, burst: 1, window: TimeSpan.FromMinutes(1));
        _refused = new LogThrottle(connections.Time, burst: 10, window: TimeSpan.FromMinutes(1));
        Foreign = new ForeignDomains("ldap", "success without an entry, for which a gateway whose domain it is rejects the recipient", connections.Logger);
        Language = new RecipientLanguage(options);
        Rules = new RuleBook(options, Language, Sources.Namespaces, connections);
        Reader = new LdapMessageReader(Limits(options.MaxRequestBytes));
        UnboundReader = new LdapMessageReader(Limits(Math.Min(options.MaxRequestBytes, UnboundRequestBytes)));
        Self = new ServerEntries(options, hasTls: tls is not null);
        Enumerations = options.Search is { } search ? new EnumerationDesk(search, options, Sources, resolver, Rules, connections) : null;
        Binds = new BindDesk(options, connections, options.UserBind is { } users ? new UserBindDesk(users, options, Sources, resolver, Rules, connections.Time) : null);
        Admission = new ConnectionAdmission(options.MaxConnections, options.MaxConnectionsPerClient);
        Times = new ConnectionLimits { Idle = options.IdleTimeout, Request = options.RequestTimeout, Write = options.RequestTimeout };
    }

    public LdapOptions Options { get; }

    public IRecipientResolver Resolver { get; }

    public LdapSources Sources { get; }

    public ConnectionServices Connections { get; }

    /// <summary>Of the handshake, as the certificate is now; null when there is no TLS.</summary>
    public Func<SslServerAuthenticationOptions>? Tls { get; }

    public ISearchLanguage Language { get; }

    public RuleBook Rules { get; }

    public ForeignDomains Foreign { get; }

    /// <summary>Null when only addresses are answered.</summary>
    public EnumerationDesk? Enumerations { get; }

    public LdapMessageReader Reader { get; }

    public LdapMessageReader UnboundReader { get; }

    public KnownSearches Known { get; } = new();

    public ServerEntries Self { get; }

    public BindDesk Binds { get; }

    public ConnectionAdmission Admission { get; }

    public ConnectionLimits Times { get; }

    /// <summary>A valid recipient of whom nobody can tell whether a filter takes it: the operator is to hear of it.</summary>
    public void Undecided(string why)
    {
        if (_undecided.Allow(out var suppressed))
            LdapLog.Undecided(Connections.Logger, why, suppressed);
    }

    /// <summary>An entry without what the client wants of it: the gateway may reject whom it has just found.</summary>
    public void NothingAskedFor(EndPoint? client, ImmutableArray<string> attributes)
    {
        if (_nothingAskedFor.Allow(out var suppressed))
            LdapLog.NothingAskedFor(Connections.Logger, client, ClientText.Show(string.Join(", ", attributes), MaxShownAttributes), suppressed);
    }

    /// <summary>A search that is not answered, whoever it is about: a gateway whose searches are all refused defers all mail.</summary>
    /// <param name="why">With no text of the client's but as <see cref="ClientText"/> shows it.</param>
    public void Refused(EndPoint? client, ClientRights rights, string why)
    {
        if (_refused.Allow(out var suppressed))
            LdapLog.SearchRefused(Connections.Logger, client, rights.Who, why, suppressed);
    }

    /// <summary>A gateway's filter has a dozen items; enough for one that asks for a whole message's recipients.</summary>
    private static LdapCodecLimits Limits(int maxRequestBytes) => new()
    {
        MaxMessageBytes = maxRequestBytes,
        MaxFilterDepth = 32,
        MaxFilterNodes = 512,
        MaxAttributes = 512,
        MaxControls = 16,
    };
}
