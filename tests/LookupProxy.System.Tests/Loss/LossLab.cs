using System.Net;
using System.Text.Json;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Loss;

/// <summary>
/// contoso with its people, and fabrikam, which will lose those whom it has in the shared domain but not everybody. Times are short enough to see memory age.
/// </summary>
internal sealed class LossLab : IAsyncDisposable
{
    public const string Canary = "fabrikam.canary@corp.example";
    public const string Others = "others";

    private const string Token = "administrators-token";

    private readonly TemporaryFolder _folder = new("loss");

    private LossLab()
    {
    }

    public OpenLdap Contoso { get; private set; } = null!;

    public OpenLdap Fabrikam { get; private set; } = null!;

    public LookupProxyServer Proxy { get; private set; } = null!;

    /// <param name="canary">The lines of fabrikam's settings that a test is about.</param>
    /// <param name="unit">Below which fabrikam is searched; that of the others is a mistake.</param>
    public static Task<LossLab> StartAsync(string canary, string unit = "people") => Started.WholeAsync(new LossLab(), async lab =>
    {
        lab.Contoso = await OpenLdap.StartAsync(Options("contoso"));
        lab.Fabrikam = await OpenLdap.StartAsync(Options("fabrikam"));
        var token = lab._folder.Write("token", Token);
        File.SetUnixFileMode(token, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        lab.Proxy = await LookupProxyServer.StartWithAsync(proxy => Configuration(proxy, lab, token, canary).Replace("ou=people,dc=fabrikam", $"ou={unit},dc=fabrikam", StringComparison.Ordinal));
    });

    /// <summary>While connections stay open.</summary>
    public Task HidePeopleAsync() => Fabrikam.SetAccessAsync("to dn.regex=\"^uid=fabrikam\" by * none\nolcAccess: to * by users read by anonymous auth by * none");

    /// <summary>People are found by their mail, and no longer by their aliases.</summary>
    public Task HideAliasesAsync() => Fabrikam.SetAccessAsync("to attrs=mailLocalAddress by * none\nolcAccess: to * by users read by anonymous auth by * none");

    public Task ShowPeopleAsync() => Fabrikam.SetAccessAsync("to * by users read by anonymous auth by * none");

    public Task<CommandResult> AcceptAsync() =>
        Binary.RunAsync("directory", "accept", "fabrikam", "--url", Proxy.Url, "--token-file", _folder.File("token"));

    /// <summary>The health's word, and the name and subject of each alarm.</summary>
    public async Task<(string Status, string[] Alarms)> HealthAsync()
    {
        using var health = JsonDocument.Parse(await Proxy.GetTextAsync("/health"));
        var alarms = health.RootElement.GetProperty("alarms").EnumerateArray();
        return (health.RootElement.GetProperty("status").GetString()!, [.. alarms.Select(static alarm => $"{alarm.GetProperty("name").GetString()} {alarm.GetProperty("subject").GetString()}")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Proxy, Contoso, Fabrikam]);

        _folder.Dispose();
    }

    public static SlapdOptions Options(string name)
    {
        var suffix = $"dc={name},dc=example";
        var addresses = Enumerable.Range(1, 40).Select(number => $"{name}{number}@corp.example").Append($"{name}.canary@corp.example").Append("somebody@elsewhere.example");
        return new SlapdOptions
        {
            Suffix = suffix,
            Ldif = $"{People.LdifWithUnit(suffix, addresses)}dn: ou={Others},{suffix}\nobjectClass: organizationalUnit\n\ndn: uid=other,ou={Others},{suffix}\nobjectClass: inetOrgPerson\nuid: other\ncn: other\nsn: other\nmail: other@elsewhere.example\n\n",
            Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback),
        };
    }

    private static string Configuration(LookupProxyServer proxy, LossLab lab, string token, string canary) =>
        $$"""
        directories:
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("contoso", lab.Contoso, proxy, lab.Contoso.TlsUrl))}}
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("fabrikam", lab.Fabrikam, proxy, lab.Fabrikam.TlsUrl))}}
            {{canary}}
        namespaces:
          shared: { domains: [corp.example], directories: [contoso, fabrikam] }
        endpoints:
          policy: { listen: ["127.0.0.1:{{proxy.PolicyPort}}"] }
          http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"], adminTokenFile: {{token}} }
        cache: { exists: 1s, absent: 1s, jitter: 0 }
        """;
}
