using System.Text.Json;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Snapshots;

/// <summary>One slapd of which LookupProxy keeps a copy on disk, and no store that could help it. person01…person40 are there.</summary>
internal sealed class CopyLab : IAsyncDisposable
{
    private const string Token = "correct-horse";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new("copies");

    private CopyLab(OpenLdap directory) => Directory = directory;

    public OpenLdap Directory { get; }

    public LookupProxyServer Proxy { get; private set; } = null!;

    public string CopyPath => _folder.File("contoso.snapshot");

    public static async Task<CopyLab> StartAsync(string snapshot = "mode: fallback")
    {
        const string suffix = "dc=contoso,dc=example";
        var slapd = await OpenLdap.StartAsync(new SlapdOptions
        {
            Suffix = suffix,
            Ldif = People.LdifWithUnit(suffix, Enumerable.Range(1, 40).Select(Address)),
            GlobalSettings = "moduleload syncprov",
            DatabaseSettings = "limits * size=unlimited\noverlay syncprov",
        });
        return await Started.WholeAsync(new CopyLab(slapd), async lab =>
        {
            var token = lab._folder.Write("token", Token);
            File.SetUnixFileMode(token, UnixFileMode.UserRead);
            lab.Proxy = await LookupProxyServer.StartWithAsync(server => $$"""
                directories:
                  contoso:
                    type: ldap
                    schema: openldap
                    servers: [{{slapd.Url}}]
                    baseDn: {{People.BaseDn(slapd.Suffix)}}
                    bindDn: {{slapd.ServiceDn}}
                    passwordFile: {{server.PasswordFile("contoso")}}
                    snapshot: { {{snapshot}}, every: 5s, path: {{lab.CopyPath}} }
                namespaces:
                  shared: { domains: [corp.example], directories: [contoso] }
                endpoints:
                  policy: { listen: ["127.0.0.1:{{server.PolicyPort}}"] }
                  http: { listen: ["127.0.0.1:{{server.HttpPort}}"], adminTokenFile: {{token}} }
                """);
        });
    }

    public static string Address(int person) => $"person{person:D2}@corp.example";

    /// <summary>Until the copy holds so many, in memory and on disk.</summary>
    public Task CopyHoldsAsync(int recipients) => Eventually.TrueAsync(
        async () => await SnapshotAsync("recipients") == recipients.ToString() && File.Exists(CopyPath),
        Soon,
        () => $"the copy holds {recipients}:\n{Proxy.Log.Tail(20)}");

    public Task StateIsAsync(string state) => Eventually.TrueAsync(async () => await SnapshotAsync("state") == state, Soon, () => $"the copy is {state}:\n{Proxy.Log.Tail(20)}");

    public async Task<string?> SnapshotAsync(string property)
    {
        using var health = await HealthAsync();
        return health.RootElement.GetProperty("directories")[0].GetProperty("snapshot").TryGetProperty(property, out var value) ? value.ToString() : null;
    }

    public async Task<string[]> AlarmsAsync()
    {
        using var health = await HealthAsync();
        return [.. health.RootElement.GetProperty("alarms").EnumerateArray().Select(static alarm => alarm.GetProperty("name").GetString()!)];
    }

    public async Task<CommandResult> AdministerAsync(params string[] command) =>
        await Binary.RunAsync([.. command, "--url", Proxy.Url, "--token-file", _folder.File("token")]);

    public async Task MustAcceptAsync(params int[] people)
    {
        foreach (var person in people)
            Assert.Equal("DUNNO", await Proxy.AskPolicyAsync(Address(person)));
    }

    public async Task MustDeferAsync(string address) =>
        Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", await Proxy.AskPolicyAsync(address), StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
            await Proxy.DisposeAsync();
        await Directory.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<JsonDocument> HealthAsync()
    {
        using var response = await Proxy.GetAsync("/health");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync());
    }
}
