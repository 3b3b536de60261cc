using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LookupProxy.Host.Tests.Composition;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Commands;

public sealed class AdministrationCommandTests : IDisposable
{
    private readonly ConfigurationText _text = new();
    private readonly CommandLine _line = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public async Task What_was_flushed_is_told()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] admin = Admin(proxy);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["check", "anna@corp.example", "tom@corp.example", "both@corp.example", "--url", proxy.Url]));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["flush", "Anna@corp.example", .. admin]));
        Assert.Equal("1 sheet forgotten\n", _line.Output);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["flush", "corp.example", .. admin]));
        Assert.Equal("2 sheets forgotten\n", _line.Output);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["flush", "--all", "--json", .. admin]));
        Assert.Equal("{\"sheets\":0,\"allNodesTold\":true,\"storeWritten\":true}\n", _line.Output);
        Assert.Equal(ExitCode.No, await _line.RunAsync(["flush", "corp..example", .. admin]));
        Assert.Contains("no mail domain", _line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_override_is_set_shown_and_removed()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] admin = Admin(proxy);

        Assert.Equal(ExitCode.No, await _line.RunAsync(["check", "new@corp.example", "--url", proxy.Url]));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "new@corp.example", "valid", "--for", "2h", "--why", "moves in today", .. admin]));
        Assert.StartsWith("new@corp.example is valid until ", _line.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["check", "new@corp.example", "--url", proxy.Url]));
        Assert.Equal("new@corp.example valid   an administrator's override: moves in today", _line.Lines[1]);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "anna@corp.example", "invalid", "--for", "30m", "--why", "left", .. admin]));
        Assert.Equal(ExitCode.No, await _line.RunAsync(["check", "anna@corp.example", "--url", proxy.Url]));
        Assert.Equal("anna@corp.example invalid an administrator's override: left", _line.Lines[1]);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "list", .. admin]));
        Assert.Equal(3, _line.Lines.Length);
        Assert.StartsWith("anna@corp.example invalid", _line.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("moves in today", _line.Lines[2], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "list", "--json", .. admin]));
        Assert.Equal(2, JsonDocument.Parse(_line.Output).RootElement.GetProperty("overrides").GetArrayLength());

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "remove", "anna@corp.example", .. admin]));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["check", "anna@corp.example", "--url", proxy.Url]));
        Assert.Equal(ExitCode.No, await _line.RunAsync(["override", "remove", "anna@corp.example", .. admin]));
        Assert.Contains("no override", _line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, await _line.RunAsync(["override", "anna@corp.example", "valid", "--for", "90d", "--why", "x", .. admin]));
        Assert.Contains("30d", _line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_change_is_told_to_scripts_as_the_API_tells_it()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] admin = ["--json", .. Admin(proxy)];
        await _line.RunAsync(["override", "anna@corp.example", "invalid", "--for", "30m", "--why", "left", .. admin]);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["override", "remove", "anna@corp.example", .. admin]));
        Assert.Equal("{\"address\":\"anna@corp.example\",\"allNodesTold\":true,\"storeWritten\":true}\n", _line.Output);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "isolate", "contoso", .. admin]));
        Assert.Equal(("contoso", "isolated"), Breaker());
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "close", "contoso", .. admin]));
        Assert.Equal(("contoso", "closed"), Breaker());
        Assert.Equal(ExitCode.No, await _line.RunAsync(["directory", "refresh", "contoso", .. admin]));
        Assert.Equal(ExitCode.No, await _line.RunAsync(["directory", "accept", "contoso", .. admin]));
        Assert.Equal("", _line.Output);

        (string?, string?) Breaker()
        {
            var directory = JsonDocument.Parse(_line.Output).RootElement;
            return (directory.GetProperty("name").GetString(), directory.GetProperty("servers")[0].GetProperty("breaker").GetString());
        }
    }

    [Fact]
    public async Task What_is_accepted_is_told_to_people_and_scripts()
    {
        await using var proxy = await RunningProxy.StartAsync(_text, RunningProxy.Sample.Replace(".txt }", ".txt, pollEvery: 100ms, settleFor: 0s }", StringComparison.Ordinal));
        await EmptyAsync("contoso", proxy);
        await EmptyAsync("fabrikam", proxy);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "accept", "contoso", .. Admin(proxy)]));
        Assert.EndsWith("it is taken as it is now, within 0.1 s\n", _line.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "accept", "fabrikam", "--json", .. Admin(proxy)]));
        var body = JsonDocument.Parse(_line.Output).RootElement;
        Assert.Equal("fabrikam", body.GetProperty("directory").GetString());
        Assert.EndsWith("it is taken as it is now, within 0.1 s", body.GetProperty("accepted")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task None_of_it_is_for_everybody()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] other = ["--url", proxy.Url, "--token-file", _text.Write("wrong", "let me out")];

        Assert.Equal(ExitCode.NoPermission, await _line.RunAsync(["flush", "--all", .. other]));
        Assert.Equal(ExitCode.NoPermission, await _line.RunAsync(["override", "list", .. other]));
        Assert.Equal(ExitCode.NoPermission, await _line.RunAsync(["override", "anna@corp.example", "invalid", "--for", "1h", "--why", "x", .. other]));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["check", "anna@corp.example", "--url", proxy.Url]));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_so()
    {
        Assert.Equal(ExitCode.Unavailable, await _line.RunAsync("flush", "--all", "--token-file", "/etc/hostname", "--url", "http://127.0.0.1:1"));
        Assert.StartsWith("lookupproxy: http://127.0.0.1:1/ cannot be reached", _line.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_speaks_something_else_is_said_so()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] policy = ["--token-file", Path.Combine(_text.Folder, "token"), "--url", "http://" + proxy.Address("policy")];

        Assert.Equal(ExitCode.Unavailable, await _line.RunAsync(["flush", "--all", .. policy]));
        Assert.Contains("cannot be reached: The response ended prematurely", _line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Unavailable, await _line.RunAsync("flush", "--all", "--token-file", policy[1], "--url", proxy.Url.Replace("http", "https", StringComparison.Ordinal)));
        Assert.DoesNotContain("inner exception", _line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "directory", "accept", "contoso", "--token-file", "/etc/hostname")]
    [InlineData("{}", "flush", "--all", "--token-file", "/etc/hostname")]
    [InlineData("null", "flush", "--all", "--token-file", "/etc/hostname")]
    [InlineData("{}", "health")]
    [InlineData("{}", "health", "--ready")]
    [InlineData("<html>", "health", "--ready")]
    public async Task What_another_program_says_is_no_answer(string says, params string[] command)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var served = ServeAsync();

        Assert.NotEqual(ExitCode.Ok, await _line.RunAsync([.. command, "--url", $"http://{other.LocalEndpoint}"]));
        Assert.Equal($"lookupproxy: http://{other.LocalEndpoint}/ is no LookupProxy: its answer cannot be read\n", _line.Error);
        await served;

        async Task ServeAsync()
        {
            using var client = await other.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using var stream = client.GetStream();
            _ = await stream.ReadAtLeastAsync(new byte[16], 16, cancellationToken: TestContext.Current.CancellationToken);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {says.Length}\r\nConnection: close\r\n\r\n{says}"), TestContext.Current.CancellationToken);
            // Until the client has closed.
            while (await stream.ReadAsync(new byte[4096], TestContext.Current.CancellationToken) > 0)
            {
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("first\nsecond\n")]
    [InlineData("größe\n")]
    public async Task A_file_that_holds_no_token_is_told_and_not_repeated(string text)
    {
        var file = _text.Write("wrong", text);

        Assert.Equal(ExitCode.Usage, await _line.RunAsync("flush", "--all", "--token-file", file, "--url", "http://127.0.0.1:1"));
        Assert.Matches($"^lookupproxy: --token-file: what is in {file} is (empty|no token: one line of ASCII characters, without spaces around it)\n$", _line.Error);
    }

    [Fact]
    public async Task A_folder_is_no_token_file()
    {
        Assert.Equal(ExitCode.Usage, await _line.RunAsync("flush", "--all", "--token-file", _text.Folder, "--url", "http://127.0.0.1:1"));
        Assert.Equal($"lookupproxy: --token-file: {_text.Folder} is a directory\n", _line.Error);
    }

    [Fact]
    public async Task An_override_that_would_change_nothing_is_refused()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] terms = ["invalid", "--for", "1h", "--why", "x", .. Admin(proxy)];

        Assert.Equal(ExitCode.No, await _line.RunAsync(["override", "Postmaster@corp.example", .. terms]));
        Assert.Contains("postmaster is always valid", _line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.No, await _line.RunAsync(["override", "anna@crop.example", .. terms]));
        Assert.Contains("No namespace has the domain crop.example", _line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flush", "--token-file", "/etc/hostname")]
    [InlineData("flush", "corp.example", "--all", "--token-file", "/etc/hostname")]
    [InlineData("flush", "--all")]
    [InlineData("override", "--token-file", "/etc/hostname")]
    [InlineData("override", "anna@corp.example", "--for", "1h", "--why", "x", "--token-file", "/etc/hostname")]
    [InlineData("override", "anna@corp.example", "unknown", "--for", "1h", "--why", "x", "--token-file", "/etc/hostname")]
    [InlineData("override", "anna@corp.example", "valid", "--why", "x", "--token-file", "/etc/hostname")]
    [InlineData("override", "remove", "--token-file", "/etc/hostname")]
    public async Task A_command_that_is_not_clear_is_not_sent(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _line.RunAsync([.. arguments, "--url", "http://127.0.0.1:1"]));
        Assert.DoesNotContain("cannot be reached", _line.Error, StringComparison.Ordinal);
    }

    /// <summary>A recipient file without anybody is refused.</summary>
    private async Task EmptyAsync(string directory, RunningProxy proxy)
    {
        await _line.RunAsync("check", "both@corp.example", "--url", proxy.Url);
        _text.Write(directory + ".txt", "");
        do
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        while (await _line.RunAsync("health", "--url", proxy.Url) != ExitCode.Ok || !_line.Output.Contains($"file-shrunk {directory}", StringComparison.Ordinal));
    }

    private string[] Admin(RunningProxy proxy) => ["--url", proxy.Url, "--token-file", Path.Combine(_text.Folder, "token")];
}
