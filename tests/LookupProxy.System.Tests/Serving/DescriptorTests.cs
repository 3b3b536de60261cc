using System.Net;
using System.Net.Sockets;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Serving;

public sealed class DescriptorTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly TemporaryFolder _folder = new("descriptors");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly IPEndPoint _policy = new(IPAddress.Loopback, LoopbackPorts.Next());
    private readonly int _httpPort = LoopbackPorts.Next();

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_flood_of_connections_leaves_descriptors_for_all_else()
    {
        // Above what .NET itself holds open, and far below the flood.
        const int Limit = 1024;
        await using var proxy = RunningProgram.Start("/bin/sh", ["-c", $"ulimit -n {Limit}; exec \"$0\" serve --config \"$1\"", Binary.Path, Configuration()]);
        await proxy.ReadyAsync(() => Task.FromResult(Says(proxy, "] ready ")), Soon, "lookupproxy is ready");

        var flood = new List<Socket>();
        try
        {
            for (var i = 0; i < 2 * Limit; i++)
            {
                flood.Add(new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
                await flood[i].ConnectAsync(_policy);
            }

            await Eventually.TrueAsync(() => Task.FromResult(Says(proxy, "a further one was closed")), Soon, () => $"the flood is told of\n{proxy.Output.Tail(10)}");
            Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync(new Uri($"http://127.0.0.1:{_httpPort}/health/ready"))).StatusCode);
        }
        finally
        {
            flood.ForEach(static socket => socket.Dispose());
        }

        await Eventually.TrueAsync(AnswersAsync, Soon, () => $"the policy endpoint answers\n{proxy.Output.Tail(10)}");
        Assert.False(Says(proxy, "Too many open files"), proxy.Output.Tail(10));
    }

    [Fact]
    public async Task More_connections_than_there_can_be_files_is_told_at_the_start()
    {
        var ldap = $"  ldap: {{ listen: \"127.0.0.1:{LoopbackPorts.Next()}\", anonymous: true, maxConnections: 171 }}\n";
        await using var proxy = RunningProgram.Start("/bin/sh", ["-c", "ulimit -n 1024; exec \"$0\" serve --config \"$1\"", Binary.Path, Configuration(ldap)]);
        await proxy.ReadyAsync(() => Task.FromResult(Says(proxy, "] ready ")), Soon, "lookupproxy is ready");

        Assert.True(Says(proxy, "endpoints.ldap.maxConnections is 171, but the process may not have as many files open: from 170 connections on"), proxy.Output.Tail(10));
    }

    private static bool Says(RunningProgram proxy, string text) => proxy.Output.Tail(40).Contains(text, StringComparison.Ordinal);

    /// <summary>Not at once: those of the flood have to be seen to be gone.</summary>
    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var client = await PolicyClient.ConnectAsync(_policy);
            return await client.AskAsync("anna@corp.example") == "DUNNO";
        }
        catch (IOException)
        {
            return false;
        }
    }

    private string Configuration(string more = "") => _folder.Write("lookupproxy.yaml",
        $$"""
        directories:
          contoso: { type: file, path: {{_folder.Write("contoso.txt", "anna@corp.example\n")}}, format: list }
        namespaces:
          shared: { domains: [corp.example], directories: [contoso] }
        endpoints:
          policy: { listen: "{{_policy}}" }
          http: { listen: "127.0.0.1:{{_httpPort}}" }
        {{more}}
        """);
}
