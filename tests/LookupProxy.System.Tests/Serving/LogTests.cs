using System.Net;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Serving;

public sealed class LogTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private readonly TemporaryFolder _folder = new("log");
    private readonly int _policyPort = LoopbackPorts.Next();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Answers_do_not_wait_for_a_log_that_nobody_reads()
    {
        // Longer than a pipe and what is queued before it, at a line for each bad request.
        const int Lines = 6000;
        var log = _folder.File("log");
        Assert.Equal(0, (await Command.RunAsync("mkfifo", [log])).ExitCode);
        await using var unread = new FileStream(log, FileMode.Open, FileAccess.ReadWrite);
        await using var proxy = RunningProgram.Start("/bin/sh", ["-c", $"exec \"$0\" serve --config \"$1\" 2>{log}", Binary.Path, Configuration("debug")]);
        await proxy.ListensAsync(IPAddress.Loopback, _policyPort, Soon, "lookupproxy");

        for (var i = 0; i < Lines; i++)
        {
            await using var rude = await PolicyClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _policyPort));
            await rude.SendAsync("no request\n\n");
        }

        await using var client = await PolicyClient.ConnectAsync(new IPEndPoint(IPAddress.Loopback, _policyPort));
        Assert.Equal("DUNNO", await client.AskAsync("anna@corp.example"));
    }

    [Fact]
    public async Task Lines_have_their_time_unless_the_journal_itself_reads_them()
    {
        await using var proxy = RunningProgram.Start(
            Binary.Path, ["serve", "--config", Configuration("information")], environment: new Dictionary<string, string> { ["JOURNAL_STREAM"] = "8:4711" });
        await proxy.ListensAsync(IPAddress.Loopback, _policyPort, Soon, "lookupproxy");
        Assert.Matches("^20..-..-..T..:..:..", proxy.Output.Tail(40));
    }

    private string Configuration(string level) => _folder.Write("lookupproxy.yaml",
        $$"""
        directories:
          contoso: { type: file, path: {{_folder.Write("contoso.txt", "anna@corp.example\n")}}, format: list }
        namespaces:
          shared: { domains: [corp.example], directories: [contoso] }
        endpoints:
          policy: { listen: "127.0.0.1:{{_policyPort}}" }
        log: { level: {{level}} }
        """);
}
