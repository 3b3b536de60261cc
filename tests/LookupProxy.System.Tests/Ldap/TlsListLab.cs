using System.Globalization;
using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>A list of 250 people behind an LDAP endpoint with a certificate of a private authority.</summary>
public sealed class TlsListLab : IAsyncLifetime
{
    private const int People = 250;
    public const string GatewayName = "cn=gateway,o=lookupproxy";
    public const string GatewayPassword = "secret";

    private readonly TemporaryFolder _folder = new("dotnet-tls");
    internal LookupProxyServer Proxy { get; private set; } = null!;

    /// <param name="name">trusted or stranger.</param>
    /// <returns>A folder of certificates.</returns>
    public string Authorities(string name) => _folder.File(name);

    public async ValueTask InitializeAsync()
    {
        var list = _folder.Write("list.txt", string.Concat(Enumerable.Range(0, People).Select(static number => string.Create(CultureInfo.InvariantCulture, $"user{number}@corp.example\n"))));
        var server = TestAuthority.Trusted.Issue(IPAddress.Loopback);
        var certificate = _folder.Write("server.pem", server.Certificate);
        var key = _folder.Write("server.key", server.Key);
        _folder.Write("trusted/ca.pem", TestAuthority.Trusted.Pem);
        _folder.Write("stranger/ca.pem", TestAuthority.Stranger.Pem);
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              list: { type: file, path: {{list}}, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [list] }
            endpoints:
              ldap:
                listen: ["127.0.0.1:{{proxy.LdapPort}}"]
                listenTls: ["127.0.0.1:{{proxy.LdapTlsPort}}"]
                tls: { certificateFile: {{certificate}}, keyFile: {{key}} }
                accounts:
                  - { dn: "{{GatewayName}}", password: {{GatewayPassword}} }
                passThrough: { search: { enabled: true } }
              http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        _folder.Dispose();
    }
}
