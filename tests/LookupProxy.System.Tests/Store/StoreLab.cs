using System.Globalization;
using System.Net;
using System.Text.Json;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Store;

/// <summary>Two OpenLDAP servers, contoso with many people and fabrikam with one, and the real binary with a store in a file.</summary>
internal sealed class StoreLab : IAsyncDisposable
{
    public const int People = 3000;

    private StoreLab(OpenLdap contoso, OpenLdap fabrikam, LookupProxyServer proxy, string path)
    {
        (Contoso, Fabrikam, Proxy, Path) = (contoso, fabrikam, proxy, path);
    }

    public OpenLdap Contoso { get; }

    public OpenLdap Fabrikam { get; }

    public LookupProxyServer Proxy { get; }

    /// <summary>The store's file.</summary>
    public string Path { get; }

    /// <param name="folder">Of the store; a new one below the configuration's when null.</param>
    public static async Task<StoreLab> StartAsync(string? folder = null)
    {
        var contoso = await OpenLdap.StartAsync(Options("contoso", Enumerable.Range(0, People).Select(Person)));
        var fabrikam = await OpenLdap.StartAsync(Options("fabrikam", ["fabrikam1@corp.example"]));
        var path = System.IO.Path.Combine(folder ?? "state", "answers.db");
        var proxy = await LookupProxyServer.StartAsync(
            server => ProxyConfiguration.Directory("contoso", contoso, server, contoso.Url) + "\n"
                + ProxyConfiguration.Directory("fabrikam", fabrikam, server, fabrikam.Url),
            $"cache: {{ path: {path} }}");
        return new StoreLab(contoso, fabrikam, proxy, System.IO.Path.Combine(System.IO.Path.GetDirectoryName(proxy.Configuration)!, path));
    }

    public static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"person{number}@corp.example");

    public async Task StopDirectoriesAsync()
    {
        await Contoso.KillAsync();
        await Fabrikam.KillAsync();
    }

    /// <summary>Accepted: at once, or on a machine too busy to read a file in a tenth of a second, when it is asked again. Never rejected.</summary>
    public static async Task AcceptedAsync(PolicyClient client, string address)
    {
        var action = "";
        await Eventually.TrueAsync(
            async () =>
            {
                action = await client.AskAsync(address);
                Assert.False(action.StartsWith('5'), $"{address}: {action}");
                return action == "DUNNO";
            },
            TimeSpan.FromSeconds(10),
            () => $"{address} is accepted: {action}");
    }

    /// <summary>What /health says of the store.</summary>
    public async Task<JsonElement> StoreHealthAsync()
    {
        // Also when it says 503, as with all directories down.
        using var response = await Proxy.GetAsync("/health");
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("store").Clone();
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Contoso.DisposeAsync();
        await Fabrikam.DisposeAsync();
    }

    private static SlapdOptions Options(string name, IEnumerable<string> addresses)
    {
        var suffix = $"dc={name},dc=example";
        return new SlapdOptions { Suffix = suffix, Ldif = Slapd.People.LdifWithUnit(suffix, addresses), Certificate = TestAuthority.Trusted.Issue(IPAddress.Loopback) };
    }
}
