using System.Text.Json;
using LookupProxy.Host.Tests.Composition;
using LookupProxy.Host.Tests.Configuration;

namespace LookupProxy.Host.Tests.Commands;

public sealed class CheckCommandTests : IDisposable
{
    private readonly ConfigurationText _text = new();
    private readonly CommandLine _line = new();

    public CheckCommandTests()
    {
        RunningProxy.WriteSample(_text);
        _line.Environment["LOOKUPPROXY_CONFIG"] = _text.Write("lookupproxy.yaml", RunningProxy.Sample);
    }

    public void Dispose() => _text.Dispose();

    [Theory]
    [InlineData(ExitCode.Ok, "anna@corp.example", "tom@corp.example")]
    [InlineData(ExitCode.No, "anna@corp.example", "nobody@corp.example")]
    [InlineData(ExitCode.No, "anna@corp.example", "anna@elsewhere.example")]
    [InlineData(ExitCode.No, "anna@corp.example", "no address")]
    public async Task The_exit_code_is_the_worst_of_all(int code, params string[] addresses) => Assert.Equal(code, await _line.RunAsync(["check", .. addresses]));

    [Fact]
    public async Task Not_known_is_worse_than_invalid()
    {
        File.Delete(Path.Combine(_text.Folder, "fabrikam.txt"));

        Assert.Equal(ExitCode.Unknown, await _line.RunAsync("check", "anna@corp.example", "anna.nobody@corp.example", "x@elsewhere.example"));
    }

    [Fact]
    public async Task A_line_says_verdict_and_reason_without_colours()
    {
        await _line.RunAsync("check", "anna+news@corp.example", "nobody@corp.example", "x@elsewhere.example", "x@y@z", "postmaster@corp.example");

        Assert.Equal(
            [
                "address                 verdict    why",
                "anna+news@corp.example  valid      mailbox in contoso",
                "nobody@corp.example     invalid    no such recipient in contoso, fabrikam",
                "x@elsewhere.example     not ours   no namespace has its domain",
                "x@y@z                   no address no RFC 5321 mailbox (LocalPartSyntax)",
                "postmaster@corp.example valid      always valid in namespace shared",
            ],
            _line.Lines);
        Assert.Equal("", _line.Error);
    }

    [Fact]
    public async Task Explained_each_directory_s_answer_is_shown()
    {
        File.Delete(Path.Combine(_text.Folder, "contoso.txt"));

        Assert.Equal(ExitCode.Unknown, await _line.RunAsync("check", "--explain", "nobody@corp.example"));

        Assert.Matches(@"^nobody@corp\.example: unknown: contoso cannot say \(\w+\); a gateway is told to defer$", _line.Lines[0]);
        Assert.Contains(_line.Lines, static line => line.StartsWith("  contoso   unknown live", StringComparison.Ordinal) && line.Contains("contoso.txt is not there", StringComparison.Ordinal));
        Assert.Contains(_line.Lines, static line => line.StartsWith("  fabrikam  absent  live", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Standard_input_gives_a_list_and_JSON_a_line_for_each()
    {
        _line.Input = "# people\nanna@corp.example\n\n  nobody@corp.example\n";

        Assert.Equal(ExitCode.No, await _line.RunAsync("check", "-", "no address", "--json"));

        var bodies = _line.Lines.Select(static line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["anna@corp.example", "nobody@corp.example", "no address"], bodies.Select(static body => body.GetProperty("address").GetString()));
        Assert.Equal("valid", bodies[0].GetProperty("verdict").GetString());
        Assert.Equal("contoso", bodies[0].GetProperty("recipient").GetProperty("directory").GetString());
        Assert.False(bodies[0].TryGetProperty("evidence", out _));
        Assert.True(bodies[2].GetProperty("badAddress").GetBoolean());
    }

    [Fact]
    public async Task A_running_server_gives_the_same_answers()
    {
        string[] check = ["check", "--json", "anna@corp.example", "tom+x@corp.example", "nobody@corp.example", "x@elsewhere.example", "no address"];
        var itself = await _line.RunAsync(check);
        var own = _line.Output;
        await using var proxy = await RunningProxy.StartAsync(_text);

        var server = await _line.RunAsync([.. check, "--url", proxy.Url]);

        Assert.Equal(itself, server);
        Assert.Equal(own.Split('\n')[..4], _line.Output.Split('\n')[..4]);
        Assert.Contains("\"badAddress\":true", _line.Lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_the_address_unknown()
    {
        Assert.Equal(ExitCode.Unknown, await _line.RunAsync("check", "anna@corp.example", "--url", "http://127.0.0.1:1"));
        Assert.Contains("unknown http://127.0.0.1:1/ cannot be reached", _line.Lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--explain")]
    [InlineData("--json")]
    public async Task An_empty_list_is_no_fault(params string[] options)
    {
        _line.Input = "# nobody\n";

        Assert.Equal(ExitCode.Ok, await _line.RunAsync(["check", "-", .. options]));
    }

    [Fact]
    public async Task A_view_that_the_configuration_has_not_is_told()
    {
        _line.Environment["LOOKUPPROXY_CONFIG"] = _text.Write("views.yaml", RunningProxy.Sample + "views: { gateway: { namespaces: [shared] } }\n");

        Assert.Equal(ExitCode.Usage, await _line.RunAsync("check", "anna@corp.example", "--view", "gatewya"));
        Assert.EndsWith("views.yaml has no view \"gatewya\"; it has gateway, default\n", _line.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, await _line.RunAsync("check", "anna@corp.example", "--view", "gateway"));
        Assert.Equal(ExitCode.Ok, await _line.RunAsync("check", "anna@corp.example", "--view", "default"));
    }

    [Fact]
    public async Task A_configuration_that_is_wrong_is_told_and_nobody_is_judged()
    {
        Assert.Equal(ExitCode.Configuration, await _line.RunAsync("check", "anna@corp.example", "--config", "/none.yaml"));
        Assert.Equal("", _line.Output);
        Assert.StartsWith("/none.yaml: error: does not exist", _line.Error, StringComparison.Ordinal);
    }
}
