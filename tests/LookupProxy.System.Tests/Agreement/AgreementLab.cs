using System.Globalization;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Agreement;

/// <summary>Two slapds with three thousand recipients each, a directory that is away, and a LookupProxy with every endpoint.</summary>
public sealed class AgreementLab : IAsyncLifetime
{
    public const string Account = "cn=gateway,o=lookupproxy";
    public const string Password = "secret";

    private readonly TemporaryFolder _folder = new("agreement");
    private OpenLdap? _contoso;
    private OpenLdap? _fabrikam;

    /// <summary>LOOKUPPROXY_TEST_SEED repeats another run, or tries another population.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("LOOKUPPROXY_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20260101;

    internal Population Population { get; } = new(Seed);

    internal LookupProxyServer Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _contoso = await StartAsync("contoso", Population.Contoso);
        _fabrikam = await StartAsync("fabrikam", Population.Fabrikam);
        Proxy = await LookupProxyServer.StartWithAsync(Configuration);
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Proxy, _contoso, _fabrikam]);

        _folder.Dispose();
    }

    private static Task<OpenLdap> StartAsync(string name, string people)
    {
        var suffix = $"dc={name},dc=example";
        return OpenLdap.StartAsync(new SlapdOptions { Suffix = suffix, Ldif = People.LdifWithUnit(suffix) + people });
    }

    private string Configuration(LookupProxyServer proxy) =>
        $$"""
        directories:
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("contoso", _contoso!, proxy, _contoso!.Url))}}
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("fabrikam", _fabrikam!, proxy, _fabrikam!.Url))}}
          away: { type: file, path: {{_folder.File("none.txt")}}, format: list }
        namespaces:
          shared: { domains: [corp.example, "münchen.example"], directories: [contoso, fabrikam], recipientDelimiter: "+" }
          dark: { domains: [dark.example], directories: [contoso, away] }
        endpoints:
          policy: { listen: ["127.0.0.1:{{proxy.PolicyPort}}"] }
          ldap:
            listen: ["127.0.0.1:{{proxy.LdapPort}}"]
            accounts: [{ dn: "{{Account}}", passwordFile: {{_folder.Write("password", Password)}} }]
          http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
        """;
}
