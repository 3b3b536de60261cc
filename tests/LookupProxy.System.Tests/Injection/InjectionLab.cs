using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Cluster;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Samba;
using LookupProxy.SystemTests.SharedDomain;
using LookupProxy.SystemTests.Slapd;
using LookupProxy.TestKit.Ldap;

namespace LookupProxy.SystemTests.Injection;

/// <summary>Three directories of three makes share corp.example; two nodes, which share a Redis, answer for them.</summary>
internal sealed class InjectionLab : IAsyncDisposable
{
    private const string ScriptedSuffix = "dc=tailspin,dc=example";
    private const string Somebody = "somebody@elsewhere.example";
    private const string ScriptedAccount = $"cn=svc-lookup,{ScriptedSuffix}";

    private Impostor? _impostor;
    private string _contosoPassword = OpenLdap.ServicePassword;

    public required OpenLdap Contoso { get; init; }

    public required SambaForest Fabrikam { get; init; }

    public required ScriptedLdapServer Tailspin { get; init; }

    /// <summary>What the nodes share.</summary>
    public required RedisServer Redis { get; init; }

    public required IReadOnlyList<LookupProxyServer> Nodes { get; init; }

    public required Population People { get; init; }

    public required TimeProvider Time { get; init; }

    public static async Task<InjectionLab> StartAsync(InjectionPlan plan, TimeProvider time)
    {
        var people = new Population(plan.SizeOf, InjectionPlan.Nodes, time);
        var fabrikam = StartSambaAsync(people);
        var contoso = await OpenLdap.StartAsync(ContosoOptions(people));
        var tailspin = StartScripted(people);
        var redis = await RedisServer.StartNewAsync();
        var forest = await fabrikam;
        var nodes = new List<LookupProxyServer>();
        for (var i = 0; i < InjectionPlan.Nodes; i++)
            nodes.Add(await LookupProxyServer.StartWithAsync(node => Configuration(node, contoso, forest, tailspin, redis)));
        return new InjectionLab { Contoso = contoso, Fabrikam = forest, Tailspin = tailspin, Redis = redis, Nodes = nodes, People = people, Time = time };
    }

    /// <summary>Another program takes the directory's port.</summary>
    public async Task ReplaceContosoAsync(Func<int, Impostor> impostor)
    {
        await Contoso.ShutDownAsync();
        _impostor = impostor(Contoso.TlsPort);
    }

    public async Task PutContosoBackAsync()
    {
        await _impostor!.DisposeAsync();
        _impostor = null;
        await Contoso.RestartAsync();
    }

    /// <summary>Otherwise than it was first, but for its password.</summary>
    public Task RestartContosoAsync(Func<SlapdOptions, SlapdOptions> change) =>
        Contoso.RestartAsync(whole => change(whole with { ServicePassword = _contosoPassword }));

    public Task ChangeContosoPasswordAsync()
    {
        _contosoPassword += "2";
        return RestartContosoAsync(static whole => whole);
    }

    /// <summary>As operators do when they are told of it.</summary>
    public Task WriteContosoPasswordAsync() =>
        Task.WhenAll(Nodes.Select(node => File.WriteAllTextAsync(node.PasswordFile("contoso"), _contosoPassword)));

    /// <summary>Its canary first, then one after the other, whom nodes have seen last of all: while one of those is away the directory can be told not to be whole.</summary>
    public async Task FillTailspinAsync(TimeSpan within)
    {
        string[] all = [.. People.AddressesOf(Holder.Tailspin)];
        string[] inTurn = [all[0], .. all.Skip(1).Reverse()];
        var from = Time.GetTimestamp();
        for (var i = 0; i < inTurn.Length; i++)
        {
            AddTo(Tailspin, inTurn[i]);
            if (within * i / inTurn.Length > Time.GetElapsedTime(from))
                await Task.Delay(TimeSpan.FromMilliseconds(10), Time);
        }
    }

    public void LoseTailspin()
    {
        Tailspin.Entries.Clear();
        AddOthers(Tailspin);
    }

    public Task HideContosoAsync() => Contoso.SetAccessAsync("to dn.regex=\"^uid=contoso\" by * none\nolcAccess: to * by users read by anonymous auth by * none");

    public Task ShowContosoAsync() => Contoso.SetAccessAsync("to * by users read by anonymous auth by * none");

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([.. Nodes, _impostor, Contoso, Fabrikam, Tailspin, Redis]);
    }

    private static SlapdOptions ContosoOptions(Population people)
    {
        const string Suffix = "dc=contoso,dc=example";
        return new SlapdOptions
        {
            Suffix = Suffix,
            Ldif = Slapd.People.LdifWithUnit(Suffix, [.. people.AddressesOf(Holder.Contoso), Somebody]),
            Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback),
        };
    }

    private static async Task<SambaForest> StartSambaAsync(Population people)
    {
        var forest = await SambaForest.StartAsync("fabrikam");
        await forest.AddAsync(string.Concat(people.AddressesOf(Holder.Fabrikam).Select(address =>
            $"dn: CN={address.Split('@')[0]},OU=Mail,{forest.BaseDn}\nobjectClass: contact\nmail: {address}\nproxyAddresses: SMTP:{address}\n\n")));
        return forest;
    }

    private static ScriptedLdapServer StartScripted(Population people)
    {
        var server = new ScriptedLdapServer().WithBase(ScriptedSuffix).WithAccount(ScriptedAccount, OpenLdap.ServicePassword);
        AddOthers(server);
        foreach (var address in people.AddressesOf(Holder.Tailspin))
            AddTo(server, address);
        return server.Start();
    }

    private static void AddTo(ScriptedLdapServer server, string address) =>
        server.WithEntry($"uid={address.Split('@')[0]},{ScriptedSuffix}", ("objectClass", "inetOrgPerson"), ("mail", address));

    private static void AddOthers(ScriptedLdapServer server) => server
        .WithEntry(ScriptedSuffix, ("objectClass", "organization"))
        .WithEntry($"uid=somebody,{ScriptedSuffix}", ("objectClass", "inetOrgPerson"), ("mail", Somebody));

    private static string Canary(Holder holder) => $"canary: {{ exists: {Population.Address(holder, 0)}, absent: nobody.canary@corp.example, every: 5s }}";

    /// <summary>Short times, so that memory alone carries nobody through a fault: what it helps with is stale, or out of the store.</summary>
    private static string Configuration(LookupProxyServer node, OpenLdap contoso, SambaForest fabrikam, ScriptedLdapServer tailspin, RedisServer redis) =>
        $$"""
        directories:
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("contoso", contoso, node, contoso.TlsUrl))}}
            {{Canary(Holder.Contoso)}}
        {{ProxyConfiguration.Indent(TwoForests.Directory(node, fabrikam, $"ldaps://{fabrikam.Address}", fabrikam.BaseDn))}}
          tailspin:
            type: ldap
            schema: openldap
            servers: ["ldap://127.0.0.1:{{tailspin.Port}}"]
            baseDn: {{ScriptedSuffix}}
            bindDn: {{ScriptedAccount}}
            passwordFile: {{node.PasswordFile("tailspin")}}
            {{Canary(Holder.Tailspin)}}
        namespaces:
          shared:
            domains: [corp.example]
            directories: [contoso, fabrikam, tailspin]
        endpoints:
          policy: { listen: ["127.0.0.1:{{node.PolicyPort}}"] }
          http: { listen: ["127.0.0.1:{{node.HttpPort}}"] }
        cache:
          exists: 3s
          absent: 1s
          store: redis
          redis: { endpoints: ["127.0.0.1:{{redis.Port}}"] }
        """;
}
