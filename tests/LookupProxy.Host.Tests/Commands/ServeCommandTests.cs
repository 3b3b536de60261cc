using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using LookupProxy.Host.Tests.Composition;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Commands;

public sealed class ServeCommandTests : IDisposable
{
    private readonly ConfigurationText _text = new();

    public ServeCommandTests() => RunningProxy.WriteSample(_text);

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task A_signal_ends_it_with_0_after_what_was_begun_is_answered(string signal)
    {
        using var program = await ProgramRun.ServeAsync(_text.Write("lookupproxy.yaml", RunningProxy.Sample));
        using var begun = new TcpClient();
        await begun.ConnectAsync(program.EndPoint("policy"), TestContext.Current.CancellationToken);
        await using var stream = begun.GetStream();
        await stream.WriteAsync(PolicyQuestion.OneAndABit, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);
        Assert.Equal("action=DUNNO", await reader.ReadLineAsync(TestContext.Current.CancellationToken));

        await program.SignalAsync(signal);
        await program.ReadUntilAsync("stopping");
        await stream.WriteAsync("recipient=nobody@corp.example\n\n"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("\naction=550 5.1.1 User unknown\n\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        var (code, error) = await program.EndAsync();
        Assert.Equal(ExitCode.Ok, code);
        Assert.EndsWith("stopped\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hang_up_breaks_nothing_off_and_is_told()
    {
        using var program = await ProgramRun.ServeAsync(_text.Write("lookupproxy.yaml", RunningProxy.Sample));

        await program.SignalAsync("HUP");
        await program.ReadUntilAsync("SIGHUP changes nothing");
        await program.SignalAsync("TERM");

        var (code, error) = await program.EndAsync();
        Assert.Equal(ExitCode.Ok, code);
        Assert.EndsWith("stopped\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_ends_it_with_69_and_one_line_of_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var file = _text.Write("lookupproxy.yaml", RunningProxy.Sample.Replace("policy: { listen: \"127.0.0.1:0\" }", $"policy: {{ listen: \"{other.LocalEndpoint}\" }}", StringComparison.Ordinal));
        using var program = ProgramRun.Start("--config", file);

        var (code, error) = await program.EndAsync();

        Assert.Equal(ExitCode.Unavailable, code);
        Assert.Contains(
            $"\nlookupproxy: policy cannot listen on {other.LocalEndpoint} (endpoints.policy.listen, {file}:7:21): another process listens there; stop it, or give another address\n",
            error,
            StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none/policy.sock", "there is no folder FOLDER/none; make it, writable for ")]
    [InlineData("contoso.txt", "a file is there that is no socket; remove it, or give another path")]
    public async Task A_socket_that_cannot_be_made_is_told_with_what_to_do(string path, string why)
    {
        var file = _text.Write("lookupproxy.yaml", RunningProxy.Sample.Replace("\"127.0.0.1:0\" }", $"\"unix:{_text.Folder}/{path}\" }}", StringComparison.Ordinal));
        using var program = ProgramRun.Start("--config", file);

        var (code, error) = await program.EndAsync();

        Assert.Equal(ExitCode.Unavailable, code);
        Assert.Contains($"(endpoints.policy.listen, {file}:7:21): {why.Replace("FOLDER", _text.Folder, StringComparison.Ordinal)}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_endpoints_there_is_nothing_to_serve()
    {
        var line = new CommandLine();
        var file = _text.Write("lookupproxy.yaml", RunningProxy.Sample[..RunningProxy.Sample.IndexOf("endpoints:", StringComparison.Ordinal)]);

        Assert.Equal(ExitCode.Configuration, await line.RunAsync("serve", "--config", file));
        Assert.StartsWith($"{file}: error: endpoints: none is named", line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await line.RunAsync("check", "anna@corp.example", "--config", file));
    }

    [Fact]
    public async Task The_log_can_be_JSON_and_says_which_configuration_it_was()
    {
        var file = _text.Write("lookupproxy.yaml", RunningProxy.Sample + "log: { format: json }\nlookup: { deadline: 6s }\n");
        using var program = ProgramRun.Start("--config", file);
        var lines = await program.ReadUntilAsync("ready ");
        await program.SignalAsync("TERM");
        lines.AddRange((await program.EndAsync()).Error.TrimEnd('\n').Split('\n'));

        var entries = lines.Select(static line => JsonDocument.Parse(line).RootElement).ToArray();

        Assert.Contains(file + " (--config)", entries[0].GetProperty("Message").GetString()!, StringComparison.Ordinal);
        Assert.Contains(entries, static entry => entry.GetProperty("LogLevel").GetString() == "Warning" && entry.GetProperty("Message").GetString()!.Contains("lookup.deadline: gateways give up", StringComparison.Ordinal));
        Assert.Equal("stopped", entries[^1].GetProperty("Message").GetString());
    }
}
