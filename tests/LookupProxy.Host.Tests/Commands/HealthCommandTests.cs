using LookupProxy.Host.Tests.Composition;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Commands;

public sealed class HealthCommandTests : IDisposable
{
    private readonly ConfigurationText _text = new();
    private readonly CommandLine _line = new();

    public void Dispose() => _text.Dispose();

    [Fact]
    public async Task Health_and_breakers_are_shown_and_set()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        string[] at = ["--url", proxy.Url];
        string[] admin = [.. at, "--token-file", Path.Combine(_text.Folder, "token")];

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["health", .. at]));
        Assert.Equal("healthy", _line.Lines[0]);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "isolate", "contoso", .. admin]));
        Assert.Contains("isolated", _line.Lines[1], StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["health", .. at]));
        Assert.Equal("degraded", _line.Lines[0]);
        Assert.Equal(ExitCode.Unknown, await _line.RunAsync(["check", "nobody@corp.example", .. at]));

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "isolate", "fabrikam", .. admin]));
        Assert.Equal(ExitCode.No, await _line.RunAsync(["health", "--json", .. at]));
        Assert.StartsWith("""{"status":"unhealthy","directories":[{"name":"contoso",""", _line.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["health", "--ready", .. at]));
        Assert.Equal("degraded\n", _line.Output);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "close", "contoso", .. admin]));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["directory", "close", "fabrikam", .. admin]));
        Assert.Equal(ExitCode.No, await _line.RunAsync(["check", "nobody@corp.example", .. at]));
    }

    [Fact]
    public async Task A_breaker_is_not_for_everybody()
    {
        await using var proxy = await RunningProxy.StartAsync(_text);
        var wrong = _text.Write("wrong", "let me out");

        Assert.Equal(ExitCode.NoPermission, await _line.RunAsync("directory", "isolate", "contoso", "--url", proxy.Url, "--token-file", wrong));
        Assert.Equal(ExitCode.No, await _line.RunAsync("directory", "isolate", "litware", "--url", proxy.Url, "--token-file", Path.Combine(_text.Folder, "token")));
        Assert.Contains("no such directory", _line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync("health", "--url", proxy.Url));
        Assert.Equal("healthy", _line.Lines[0]);
    }

    [Theory]
    [InlineData(ExitCode.No, "health")]
    [InlineData(ExitCode.No, "health", "--ready")]
    [InlineData(ExitCode.Unavailable, "directory", "close", "contoso", "--token-file", "/etc/hostname")]
    public async Task A_server_that_is_not_there_is_said_so(int code, params string[] command)
    {
        Assert.Equal(code, await _line.RunAsync([.. command, "--url", "http://127.0.0.1:1"]));
        Assert.StartsWith("lookupproxy: http://127.0.0.1:1/ cannot be reached", _line.Error, StringComparison.Ordinal);
    }
}
