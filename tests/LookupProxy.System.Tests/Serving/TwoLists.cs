using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Serving;

/// <summary>LookupProxy with two directories that are files: for what is about the proxy and not about directories.</summary>
public sealed class TwoLists : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new("lists");

    internal LookupProxyServer Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var contoso = _folder.Write("contoso.txt", "anna@corp.example\nboth@corp.example\n");
        var fabrikam = _folder.Write("fabrikam.txt", "zoe@corp.example\nboth@corp.example\n");
        Proxy = await LookupProxyServer.StartWithAsync(proxy =>
            $$"""
            directories:
              contoso: { type: file, path: {{contoso}}, format: list }
              fabrikam: { type: file, path: {{fabrikam}}, format: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contoso, fabrikam] }
              contosoAlone: { domains: [corp.example], directories: [contoso] }
            views:
              default: { namespaces: [shared] }
              inner: { namespaces: [contosoAlone] }
            endpoints:
              policy:
                listen: ["127.0.0.1:{{proxy.PolicyPort}}", "unix:{{proxy.PolicySocket}}"]
                socketMode: "0666"
                requestTimeout: 2s
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
