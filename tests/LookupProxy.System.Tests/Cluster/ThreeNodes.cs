using System.Text.Json;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Cluster;

/// <summary>
/// Three nodes with one Redis, in front of two OpenLDAP servers that share corp.example. The third node's way to Redis can be cut.
/// contoso1…contoso200 are contoso's, fabrikam1…fabrikam200 fabrikam's.
/// </summary>
internal sealed class ThreeNodes : IAsyncDisposable
{
    public const int PeopleEach = 200;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new("cluster");
    private readonly List<LookupProxyServer> _nodes = [];

    private ThreeNodes()
    {
    }

    public OpenLdap Contoso { get; private set; } = null!;

    public OpenLdap Fabrikam { get; private set; } = null!;

    public RedisServer Redis { get; private set; } = null!;

    public TcpRelay Wire { get; private set; } = null!;

    public IReadOnlyList<LookupProxyServer> Nodes => _nodes;

    public LookupProxyServer Cut => _nodes[2];

    public static Task<ThreeNodes> StartAsync() => Started.WholeAsync(new ThreeNodes(), async lab =>
    {
        lab.Redis = await RedisServer.StartNewAsync();
        lab.Wire = new TcpRelay(lab.Redis.Port);
        lab.Contoso = await DirectoryAsync("contoso");
        lab.Fabrikam = await DirectoryAsync("fabrikam");
        foreach (var port in (int[])[lab.Redis.Port, lab.Redis.Port, lab.Wire.Port])
            lab._nodes.Add(await LookupProxyServer.StartWithAsync(node => lab.Configuration(node, port)));
        foreach (var node in lab._nodes)
            await StoreWorksAsync(node);
    });

    /// <summary>How often a directory was asked for an address.</summary>
    public static int Asked(OpenLdap directory, string address) =>
        directory.Output.Lines.Count(line => line.Contains(" SRCH base=", StringComparison.Ordinal) && line.Contains($"={address})", StringComparison.Ordinal));

    public static async Task<JsonElement> StoreAsync(LookupProxyServer node)
    {
        using var response = await node.GetAsync("/health");
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.GetProperty("store").Clone();
    }

    public static Task<TimeSpan> StoreWorksAsync(LookupProxyServer node, bool works = true) => Eventually.TrueAsync(
        async () => (await StoreAsync(node)).GetProperty("working").GetBoolean() == works,
        Soon,
        () => $"the store works: {works}\n{node.Log.Tail(20)}");

    /// <summary>All that the node has learnt is in Redis.</summary>
    public static Task<TimeSpan> WrittenAsync(LookupProxyServer node) =>
        Eventually.TrueAsync(async () => (await StoreAsync(node)).GetProperty("pending").GetInt64() == 0, Soon, static () => "all is written");

    /// <returns>The time until every node says so.</returns>
    public Task<TimeSpan> AllSayAsync(string address, string action) => Eventually.TrueAsync(
        async () =>
        {
            foreach (var node in _nodes)
            {
                if (!(await node.AskPolicyAsync(address)).StartsWith(action, StringComparison.Ordinal))
                    return false;
            }

            return true;
        },
        Soon,
        () => $"all nodes say {action} of {address}");

    /// <summary>`lookupproxy flush` or `lookupproxy override`.</summary>
    public async Task<CommandResult> AdministerAsync(LookupProxyServer node, params string[] command) =>
        await Binary.RunAsync([.. command, "--url", node.Url, "--token-file", _folder.File("token")]);

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([.. _nodes, Wire, Redis, Contoso, Fabrikam]);

        _folder.Dispose();
    }

    private static Task<OpenLdap> DirectoryAsync(string name)
    {
        var suffix = $"dc={name},dc=example";
        return OpenLdap.StartAsync(new SlapdOptions
        {
            Suffix = suffix,
            Ldif = People.LdifWithUnit(suffix, Enumerable.Range(1, PeopleEach).Select(number => $"{name}{number}@corp.example")),
        });
    }

    private string Configuration(LookupProxyServer node, int redis)
    {
        File.SetUnixFileMode(_folder.Write("token", "let me in\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return $"""
            directories:
              contoso: {Directory("contoso", Contoso, node)}
              fabrikam: {Directory("fabrikam", Fabrikam, node)}
            namespaces:
              shared: {"{"} domains: [corp.example], directories: [contoso, fabrikam] {"}"}
            endpoints:
              policy: {"{"} listen: ["127.0.0.1:{node.PolicyPort}"] {"}"}
              http: {"{"} listen: ["127.0.0.1:{node.HttpPort}"], adminTokenFile: {_folder.File("token")} {"}"}
            cache:
              store: redis
              redis: {"{"} endpoints: ["127.0.0.1:{redis}"], readTimeout: 100ms {"}"}

            """;
    }

    private static string Directory(string name, OpenLdap slapd, LookupProxyServer node) =>
        $"{{ type: ldap, schema: openldap, servers: [\"{slapd.Url}\"], baseDn: \"{People.BaseDn(slapd.Suffix)}\", bindDn: \"{slapd.ServiceDn}\", passwordFile: {node.PasswordFile(name)}, bind: simple }}";
}
