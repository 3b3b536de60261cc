using System.Net;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Proxy;

/// <summary>The real binary, serving a configuration that a test writes inline.</summary>
internal sealed class LookupProxyServer : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("proxy");
    private readonly HttpClient _http = new();
    private RunningProgram? _process;

    private LookupProxyServer()
    {
        PolicySocket = _folder.File("policy.sock");
        AuthorityFile = _folder.Write("ca.pem", TestAuthority.Trusted.Pem);
        Configuration = _folder.File("lookupproxy.yaml");
    }

    public int PolicyPort { get; } = LoopbackPorts.Next();

    public int HttpPort { get; } = LoopbackPorts.Next();

    public int LdapPort { get; } = LoopbackPorts.Next();

    public int LdapTlsPort { get; } = LoopbackPorts.Next();

    public string PolicySocket { get; }

    public string Url => $"http://127.0.0.1:{HttpPort}";

    public string AuthorityFile { get; }

    /// <summary>The path of the file.</summary>
    public string Configuration { get; }

    public int ProcessId => _process!.Id;

    public CapturedOutput Log => _process!.Output;

    /// <summary>Holds the password of the service account in one directory.</summary>
    public string PasswordFile(string directory)
    {
        var path = _folder.File($"{directory}.password");
        if (!File.Exists(path))
        {
            File.WriteAllText(path, Slapd.OpenLdap.ServicePassword);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <param name="directories">The lines below `directories:`, not indented; the rest of the file is the same for most tests.</param>
    public static Task<LookupProxyServer> StartAsync(Func<LookupProxyServer, string> directories, string more = "") =>
        StartWithAsync(server => ProxyConfiguration.SharedDomain(server, directories(server), more));

    /// <param name="configuration">The whole file.</param>
    public static Task<LookupProxyServer> StartWithAsync(Func<LookupProxyServer, string> configuration) => Started.WholeAsync(new LookupProxyServer(), async server =>
    {
        File.WriteAllText(server.Configuration, configuration(server));
        await server.StartAsync();
    });

    /// <summary>Runs the binary; returns when it says that it is ready.</summary>
    public async Task StartAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _process = RunningProgram.Start(Binary.Path, ["serve", "--config", Configuration]);
        await _process.ReadyAsync(IsReadyAsync, StartWithin, "lookupproxy is ready");
    }

    public Task StopAsync() => _process!.StopAsync();

    public Task KillAsync() => _process!.KillAsync();

    public void Send(Signal signal) => _process!.SendToLeader(signal);

    public Task<int> WaitForExitAsync(TimeSpan within) => _process!.WaitForExitAsync(within);

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(new Uri(Url + path));

    public Task<string> GetTextAsync(string path) => _http.GetStringAsync(new Uri(Url + path));

    /// <summary>`lookupproxy check`, which asks the directories itself.</summary>
    public Task<CommandResult> CheckAsync(params string[] arguments) => Binary.RunAsync(["check", .. arguments, "--config", Configuration]);

    public Task<PolicyClient> ConnectPolicyAsync() => PolicyClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, PolicyPort));

    public async Task<string> AskPolicyAsync(string recipient)
    {
        await using var client = await ConnectPolicyAsync();
        return await client.AskAsync(recipient);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var response = await GetAsync("/health/ready");
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
