using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>LookupProxy's LDAP endpoint with every listener it can have, over two lists.</summary>
public sealed class LdapLab : IAsyncLifetime
{
    public const string GatewayName = "cn=gateway,o=lookupproxy";
    public const string GatewayPassword = "secret";

    /// <summary>Who shows the client certificate.</summary>
    public const string RelayName = "cn=relay,o=lookupproxy";

    private readonly TemporaryFolder _folder = new("ldap");
    private readonly int _port = LoopbackPorts.Next();
    private readonly int _tlsPort = LoopbackPorts.Next();

    internal LookupProxyServer Proxy { get; private set; } = null!;

    /// <summary>Wants a bind; StartTLS is offered.</summary>
    public string Url => $"ldap://127.0.0.1:{_port}";

    public string TlsUrl => $"ldaps://127.0.0.1:{_tlsPort}";

    public int Port => _port;

    public string ClientCertificate { get; private set; } = "";

    public string ClientKey { get; private set; } = "";

    /// <summary>A file of the lab's own.</summary>
    internal string Write(string name, string text) => _folder.Write(name, text);

    public async ValueTask InitializeAsync()
    {
        var contoso = _folder.Write("contoso.txt", "anna@corp.example\nboth@corp.example\n");
        var fabrikam = _folder.Write("fabrikam.txt", "zoe@corp.example\nboth@corp.example\n");
        var server = TestAuthority.Trusted.Issue(IPAddress.Loopback);
        var certificate = _folder.Write("server.pem", server.Certificate);
        var key = _folder.Write("server.key", server.Key);
        var relay = TestAuthority.Trusted.IssueToClient("CN=relay.contoso.example");
        ClientCertificate = _folder.Write("relay.pem", relay.Certificate);
        ClientKey = _folder.Write("relay.key", relay.Key);
        var hash = (await Command.MustAsync(Binary.Path, ["password", "hash"], GatewayPassword + "\n")).Trim();
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              contoso: { type: file, path: {{contoso}}, format: list }
              fabrikam: { type: file, path: {{fabrikam}}, format: list }
              dark: { type: file, path: {{_folder.File("none.txt")}}, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, fabrikam] }
              darkness: { domains: [dark.example], directories: [dark] }
            endpoints:
              ldap:
                listen: ["127.0.0.1:{{_port}}"]
                listenTls: ["127.0.0.1:{{_tlsPort}}"]
                tls: { certificateFile: {{certificate}}, keyFile: {{key}}, clientCaFile: {{proxy.AuthorityFile}} }
                accounts:
                  - { dn: "{{GatewayName}}", passwordHash: "{{hash}}" }
                  - { dn: "{{RelayName}}", certificateSubject: "cn=relay.contoso.example" }
              http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
            """);
    }

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>One of OpenLDAP's programs, bound as the gateway over the plain port, with the usual arguments.</summary>
    internal Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        RunAtAsync(program, Url, ["-x", "-D", GatewayName, "-w", GatewayPassword, .. arguments]);

    internal Task<CommandResult> SearchAsync(params string[] arguments) => RunAsync("ldapsearch", ["-LLL", "-b", "o=lookupproxy", .. arguments]);

    internal Task<CommandResult> RunAtAsync(string program, string url, string[] arguments, string? input = null, bool hasCertificate = false) =>
        OpenLdapProgram.RunAsync(program, Proxy.AuthorityFile, ["-H", url, .. arguments], input, hasCertificate ? (ClientCertificate, ClientKey) : null);
}
