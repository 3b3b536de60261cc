using System.Diagnostics.CodeAnalysis;
using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Gateways;

/// <summary>One gateway and its LookupProxy, in front of the directories that all have in common.</summary>
public abstract class GatewayLab(GatewayDirectories directories) : IAsyncLifetime
{
    /// <summary>As the recipes have them.</summary>
    internal const string Account = "cn=gateway,o=lookupproxy";
    internal const string Password = "change-me";

    private IMailGateway? _gateway;

    internal TemporaryFolder Folder { get; } = new("gateway");

    internal LookupProxyServer Proxy { get; private set; } = null!;

    internal IMailGateway Gateway => _gateway!;

    public async ValueTask InitializeAsync()
    {
        await directories.StartedAsync();
        Proxy = await LookupProxyServer.StartWithAsync(Configuration);
        _gateway = await StartGatewayAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([_gateway, Proxy]);

        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal abstract Task<IMailGateway> StartGatewayAsync();

    /// <summary>What a sending mail server is told of one recipient, in a session of its own.</summary>
    internal async Task<SmtpReply> RecipientAsync(string address)
    {
        await using var session = await SmtpSession.BeginAsync(Gateway.Port);
        return await session.RecipientAsync(address);
    }

    /// <summary>A file that only its owner can read.</summary>
    [SuppressMessage("Performance", "CA1822", Justification = "Belongs to the lab's folder")]
    internal string WriteSecret(string name, string text)
    {
        var path = Folder.Write(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    private string Configuration(LookupProxyServer proxy) =>
        $$"""
        directories:
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("contoso", directories.Contoso, proxy, directories.Contoso.Url))}}
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("fabrikam", directories.Fabrikam, proxy, directories.Fabrikam.Url))}}
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("stopped", directories.Stopped, proxy, directories.Stopped.Url))}}
        {{ProxyConfiguration.Indent(ProxyConfiguration.Directory("hanging", directories.Hanging, proxy, directories.Hanging.Url))}}
            timeout: 500ms
            connectTimeout: 500ms
        namespaces:
          shared: { domains: [corp.example], directories: [contoso, fabrikam], recipientDelimiter: "+" }
          stopped: { domains: [stopped.example], directories: [contoso, stopped] }
          hanging: { domains: [hanging.example], directories: [contoso, hanging] }
        endpoints:
          ldap:
            listen: ["127.0.0.1:{{proxy.LdapPort}}"]
            listenTls: ["127.0.0.1:{{proxy.LdapTlsPort}}"]
            tls: { certificateFile: {{Folder.Write("server.pem", directories.Certificate.Certificate)}}, keyFile: {{Folder.Write("server.key", directories.Certificate.Key)}} }
            accounts: [{ dn: "{{Account}}", passwordFile: {{WriteSecret("gateway.password", Password)}} }]
          http: { listen: ["127.0.0.1:{{proxy.HttpPort}}"] }
        """;
}
