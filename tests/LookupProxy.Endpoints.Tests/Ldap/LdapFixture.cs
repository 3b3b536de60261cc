using System.Collections.Frozen;
using System.Net;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Searching;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Server;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Endpoints.Tests.Connections;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Ldap;

internal sealed class LdapFixture
{
    public const string GatewayName = "cn=gateway,o=lookupproxy";

    private LdapConnectionHandler? _handler;

    public FakeResolver Resolver { get; } = new FakeResolver()
        .Valid("anna@corp.example").Valid("zoe@corp.example").Invalid("nobody@corp.example").Unknown("dark@corp.example");

    public ManualTimeProvider Time { get; } = new();

    public RecordingLogger<LdapConnectionHandler> Log { get; } = new();

    public EndpointMetrics Metrics { get; } = new();

    public LdapOptions Options { get; init; } = new() { Anonymous = true, Accounts = [Gateway()] };

    public NamespaceMap Namespaces { get; init; } = NamespaceMap.Empty;

    public Dictionary<string, ICredentialCheck> Users { get; } = [];

    public Dictionary<string, IRecipientSearch> Searches { get; } = [];

    public static LdapAccountOptions Gateway(string name = GatewayName, string password = "secret") => new() { Name = name, ReadPassword = () => password };

    public LdapConnectionHandler Handler => _handler ??= new LdapConnectionHandler(Resolver, Options, null, Time, Metrics, Log, Sources);

    private LdapSources Sources => new()
    {
        Namespaces = Namespaces,
        Users = Users.ToFrozenDictionary(StringComparer.Ordinal),
        Searches = Searches.ToFrozenDictionary(StringComparer.Ordinal),
    };

    /// <summary>For tests of what a connection is made of.</summary>
    public LdapServices NewServices() => new(Options, Resolver, new ConnectionServices("ldap", Time, Metrics, Log), null, Sources);

    /// <param name="from">The client's address; null for one on this machine.</param>
    public LdapClient Connect(string? from = null, int window = 64 * 1024)
    {
        var connection = new TestConnection(window);
        if (from is not null)
            connection.RemoteEndPoint = new IPEndPoint(IPAddress.Parse(from), 40000);
        return new LdapClient(connection.ServedBy(Handler));
    }
}
