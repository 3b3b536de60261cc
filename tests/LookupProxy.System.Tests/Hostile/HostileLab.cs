using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Ldap.Wire;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Hostile;

/// <summary>LookupProxy's LDAP endpoint with little patience, over two lists. Attackers come from another address than the bystander.</summary>
public sealed class HostileLab : IAsyncLifetime
{
    public const string Account = "cn=gateway,o=lookupproxy";
    public const string HashedAccount = "cn=quarantine,o=lookupproxy";
    public const string Password = "secret";

    /// <summary>endpoints.ldap.requestTimeout.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TemporaryFolder _folder = new("hostile");

    internal LookupProxyServer Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var contoso = _folder.Write("contoso.txt", string.Concat(Enumerable.Range(0, 1000).Select(static number => $"anna{number}@corp.example\n")));
        var fabrikam = _folder.Write("fabrikam.txt", "zoe@corp.example\n");
        var certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback);
        var hash = (await Command.MustAsync(Binary.Path, ["password", "hash"], Password + "\n")).Trim();
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              contoso: { type: file, path: {{contoso}}, format: list }
              fabrikam: { type: file, path: {{fabrikam}}, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, fabrikam] }
            endpoints:
              ldap:
                listen: ["127.0.0.1:{{proxy.LdapPort}}"]
                listenTls: ["127.0.0.1:{{proxy.LdapTlsPort}}"]
                tls: { certificateFile: {{_folder.Write("server.pem", certificate.Certificate)}}, keyFile: {{_folder.Write("server.key", certificate.Key)}} }
                requestTimeout: {{Patience.TotalSeconds}}s
                accounts:
                  - { dn: "{{Account}}", passwordFile: {{_folder.Write("password", Password)}} }
                  - { dn: "{{HashedAccount}}", passwordHash: "{{hash}}" }
              http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        _folder.Dispose();
    }

    internal Task<RawLdapClient> ConnectAsync(int receiveBuffer = 0) => RawLdapClient.ConnectAsync(Proxy.LdapPort, receiveBuffer, from: "127.0.0.9");

    /// <summary>As a gateway, which may search.</summary>
    internal async Task<RawLdapClient> BindAsync(int receiveBuffer = 0)
    {
        var client = await ConnectAsync(receiveBuffer);
        Assert.Equal(0, await client.BindAsync(Account, Password));
        return client;
    }
}
