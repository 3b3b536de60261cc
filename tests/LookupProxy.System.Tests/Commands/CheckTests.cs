using System.Text.Json;
using LookupProxy.SystemTests.SharedDomain;

namespace LookupProxy.SystemTests.Commands;

/// <summary>`lookupproxy check`, as scripts see it. It asks the directories itself.</summary>
public sealed class CheckTests(TwoDirectories lab) : IClassFixture<TwoDirectories>
{
    [Theory]
    [InlineData("contoso1@corp.example", 0)]
    [InlineData("fabrikam1@corp.example", 0)]
    [InlineData("nobody@corp.example", 1)]
    [InlineData("someone@elsewhere.example", 1)]
    public async Task The_exit_code_is_the_verdict(string address, int exitCode)
    {
        var result = await lab.Proxy.CheckAsync(address);

        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}\n{result.Output}\n{result.Error}");
        Assert.Contains(address, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_says_what_each_directory_said()
    {
        var result = await lab.Proxy.CheckAsync("fabrikam1@corp.example", "--explain", "--json");

        using var document = JsonDocument.Parse(result.Output);
        Assert.Contains("\"contoso\"", result.Output, StringComparison.Ordinal);
        Assert.Contains("\"fabrikam\"", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }
}
