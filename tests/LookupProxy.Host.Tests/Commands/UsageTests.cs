using System.Text.Json;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Commands;

public sealed class UsageTests
{
    private readonly CommandLine _line = new();

    [Theory]
    [InlineData("chek")]
    [InlineData("check")]
    [InlineData("check", "a@b.example", "--colour")]
    [InlineData("check", "a@b.example", "--config", "x.yaml", "--url", "http://127.0.0.1:1")]
    [InlineData("check", "a@b.example", "--url", "localhost:10080")]
    [InlineData("config")]
    [InlineData("config", "check", "one.yaml", "two.yaml")]
    [InlineData("directory", "isolate", "contoso")]
    [InlineData("password", "hash")]
    [InlineData("directory", "isolate", "contoso", "--token-file", "/none")]
    public async Task A_wrong_command_line_ends_with_64_and_says_why(params string[] arguments)
    {
        Assert.Equal(ExitCode.Usage, await _line.RunAsync(arguments));
        Assert.NotEqual("", _line.Error.Trim());
    }

    [Fact]
    public async Task An_argument_that_begins_with_an_at_sign_is_no_file_of_arguments()
    {
        await _line.RunAsync("check", "@nobody", "--url", "http://127.0.0.1:1");
        Assert.DoesNotContain("Response file", _line.Error, StringComparison.Ordinal);
        Assert.Contains("@nobody", _line.Output + _line.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(" override list [options]", "override", "list", "--help")]
    [InlineData(" override remove <ADDRESS> [options]", "override", "remove", "--help")]
    [InlineData(" override <ADDRESS> <VERDICT> [command] [options]", "override", "--help")]
    public async Task Help_shows_a_command_as_it_is_typed(string usage, params string[] arguments)
    {
        Assert.Equal(ExitCode.Ok, await _line.RunAsync(arguments));
        Assert.Contains(_line.Lines, line => line.EndsWith(usage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_is_said_for_people_and_scripts()
    {
        Assert.Equal(ExitCode.Ok, await _line.RunAsync("version"));
        Assert.StartsWith("lookupproxy 0.", _line.Output, StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync("version", "--json"));
        Assert.Equal(BuildInfo.Version, JsonDocument.Parse(_line.Output).RootElement.GetProperty("version").GetString());
    }

    [Fact]
    public async Task Config_check_tells_all_faults_and_JSON_has_the_same()
    {
        using var text = new ConfigurationText();
        var file = text.Write("lookupproxy.yaml", ConfigurationText.Minimal + "cache: { exsts: 1h, absent: soon }\n");

        Assert.Equal(ExitCode.Configuration, await _line.RunAsync("config", "check", file));
        Assert.Equal(
            [
                $"{file}:7:10: error: cache.exsts: unknown key; did you mean \"exists\"?",
                $"{file}:7:29: error: cache.absent: not a duration (500ms, 4s, 2m, 1h, 7d); found \"soon\"; allowed: 1s to 1d",
                $"{file}: 2 errors, 0 warnings; nothing is started with it",
            ],
            _line.Lines);

        Assert.Equal(ExitCode.Configuration, await _line.RunAsync("config", "check", file, "--json"));
        var body = JsonDocument.Parse(_line.Output).RootElement;
        Assert.False(body.GetProperty("valid").GetBoolean());
        Assert.Equal(["cache.exsts", "cache.absent"], body.GetProperty("faults").EnumerateArray().Select(static fault => fault.GetProperty("path").GetString()));
        Assert.Equal([7, 7], body.GetProperty("faults").EnumerateArray().Select(static fault => fault.GetProperty("line").GetInt32()));
    }

    [Fact]
    public async Task Config_check_of_a_good_file_ends_with_0()
    {
        using var text = new ConfigurationText();
        var file = text.Write("lookupproxy.yaml", ConfigurationText.Minimal);

        Assert.Equal(ExitCode.Ok, await _line.RunAsync("config", "check", file));
        Assert.Equal($"{file}: valid, 0 warnings\n", _line.Output);
    }

    [Fact]
    public async Task Serve_with_a_wrong_configuration_ends_with_78_before_anything_is_opened()
    {
        using var text = new ConfigurationText();
        var file = text.Write("lookupproxy.yaml", "directories: 5\n");

        foreach (string[] serve in new string[][] { ["serve", "--config", file], ["--config", file] })
        {
            Assert.Equal(ExitCode.Configuration, await _line.RunAsync(serve));
            Assert.Contains("directories: a section is expected", _line.Error, StringComparison.Ordinal);
        }
    }
}
