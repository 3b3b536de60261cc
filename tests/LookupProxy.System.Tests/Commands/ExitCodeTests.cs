using System.Globalization;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Serving;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Commands;

public sealed class ExitCodeTests(TwoLists lab) : IClassFixture<TwoLists>
{
    private const int Usage = 64;
    private const int IoError = 74;
    private const int Configuration = 78;

    [Fact]
    public async Task Config_check_accepts_a_good_file()
    {
        var result = await Binary.RunAsync("config", "check", lab.Proxy.Configuration);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Config_check_tells_every_fault_with_its_line_and_serve_starts_with_none()
    {
        using var folder = new TemporaryFolder("bad");
        var file = folder.Write(
            "bad.yaml",
            """
            directories:
              contoso: { type: file, path: contoso.txt, formt: list }
            namespaces:
              shared: { domains: [corp.example], directories: [contosso] }
            endpoints:
              policy: { listen: ["localhost:10040"] }
            """);

        var result = await Binary.RunAsync("config", "check", file);

        Assert.Equal(Configuration, result.ExitCode);
        foreach (var line in (int[])[2, 4, 6])
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"bad.yaml:{line}:"), result.Output, StringComparison.Ordinal);
        Assert.Contains("format", result.Output, StringComparison.Ordinal);
        Assert.Equal(Configuration, (await Binary.RunAsync("serve", "--config", file)).ExitCode);
    }

    [Fact]
    public async Task Health_is_0_while_it_serves_and_not_when_nobody_does()
    {
        var there = await Binary.RunAsync("health", "--url", lab.Proxy.Url);
        var nobody = await Binary.RunAsync("health", "--url", $"http://127.0.0.1:{LoopbackPorts.Next()}");

        Assert.Equal(0, there.ExitCode);
        Assert.NotEqual(0, nobody.ExitCode);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("frobnicate")]
    [InlineData("serve --frobnicate")]
    public async Task A_command_line_that_makes_no_sense_is_64(string arguments)
    {
        Assert.Equal(Usage, (await Binary.RunAsync(arguments.Split(' '))).ExitCode);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--help")]
    [InlineData("config settings")]
    [InlineData("check anna@corp.example --json")]
    public async Task An_answer_that_cannot_be_written_is_74_and_no_fault_of_ours(string arguments)
    {
        var result = await Command.RunAsync("/bin/sh", ["-c", $"exec \"$0\" {arguments} > /dev/full", Binary.Path], environment: new Dictionary<string, string> { ["LOOKUPPROXY_CONFIG"] = lab.Proxy.Configuration });

        Assert.Equal("lookupproxy: standard output cannot be written: No space left on device\n", result.Error);
        Assert.Equal(IoError, result.ExitCode);
    }

    [Fact]
    public async Task A_complaint_that_cannot_be_written_changes_no_exit_code()
    {
        var result = await Command.RunAsync("/bin/sh", ["-c", "exec \"$0\" serve --config /none 2> /dev/full", Binary.Path]);

        Assert.Equal(Configuration, result.ExitCode);
    }

    [Fact]
    public async Task Version_says_one()
    {
        var result = await Binary.RunAsync("version");

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("lookupproxy ", result.Output, StringComparison.Ordinal);
    }
}
