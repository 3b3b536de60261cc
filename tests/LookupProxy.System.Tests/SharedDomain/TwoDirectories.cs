using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Postfix;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>
/// The story of the product: Postfix, LookupProxy, and two OpenLDAP servers that share corp.example. contoso is asked with StartTLS, fabrikam over LDAPS.
/// contoso1…contoso9 are contoso's, fabrikam1…fabrikam9 fabrikam's, both@ is in both.
/// </summary>
public sealed class TwoDirectories : IAsyncLifetime
{
    internal OpenLdap Contoso { get; private set; } = null!;

    internal OpenLdap Fabrikam { get; private set; } = null!;

    internal LookupProxyServer Proxy { get; private set; } = null!;

    internal PostfixGateway Postfix { get; private set; } = null!;

    /// <summary>More lines of lookupproxy.yaml.</summary>
    public string Settings { get; init; } = "";

    public async ValueTask InitializeAsync()
    {
        Contoso = await OpenLdap.StartAsync(Options("contoso"));
        Fabrikam = await OpenLdap.StartAsync(Options("fabrikam"));
        Proxy = await LookupProxyServer.StartAsync(
            proxy => ProxyConfiguration.Directory("contoso", Contoso, proxy, Contoso.Url, startTls: true) + "\n"
                + ProxyConfiguration.Directory("fabrikam", Fabrikam, proxy, Fabrikam.TlsUrl),
            Settings);
        Postfix = await PostfixGateway.StartAsync(PostfixRecipe.Tcp(Proxy));
    }

    public async ValueTask DisposeAsync()
    {
        await Started.EndAsync([Postfix, Proxy, Contoso, Fabrikam]);
    }

    private static SlapdOptions Options(string name)
    {
        var suffix = $"dc={name},dc=example";
        var addresses = Enumerable.Range(1, 9).Select(number => $"{name}{number}@corp.example").Append("both@corp.example");
        return new SlapdOptions { Suffix = suffix, Ldif = People.LdifWithUnit(suffix, addresses), Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback) };
    }
}
