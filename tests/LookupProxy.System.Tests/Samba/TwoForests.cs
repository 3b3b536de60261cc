using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Samba;

/// <summary>Two Active Directory forests that share corp.example after a merger; Postfix in front of LookupProxy. contoso is asked over LDAPS, fabrikam with StartTLS.</summary>
public sealed class TwoForests : IAsyncLifetime
{
    internal SambaForest Contoso { get; private set; } = null!;

    internal SambaForest Fabrikam { get; private set; } = null!;

    internal LookupProxyServer Proxy { get; private set; } = null!;

    internal PostfixGateway Postfix { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var contoso = SambaForest.StartAsync("contoso");
        var fabrikam = SambaForest.StartAsync("fabrikam");
        Contoso = await contoso;
        Fabrikam = await fabrikam;
        Proxy = await LookupProxyServer.StartAsync(proxy =>
            Directory(proxy, Contoso, $"ldaps://{Contoso.Address}", Contoso.BaseDn) + "\n"
            + Directory(proxy, Fabrikam, $"ldap://{Fabrikam.Address}", Fabrikam.BaseDn, "startTls: true"));
        Postfix = await PostfixGateway.StartAsync(PostfixRecipe.Tcp(Proxy));
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Postfix, Proxy, Contoso, Fabrikam]);
    }

    internal static string Directory(LookupProxyServer proxy, SambaForest forest, string url, string baseDn, string tls = "startTls: false", string more = "") =>
        $"""
        {forest.Name}:
          type: ldap
          schema: active-directory
          servers: ["{url}"]
          baseDn: "{baseDn}"
          bindDn: {forest.ServiceName}
          passwordFile: {proxy.PasswordFile(forest.Name)}
          tls: {"{"} caFile: {proxy.AuthorityFile}, {tls} {"}"}
          {more}
        """;
}
