using LookupProxy.Endpoints.Ldap.Accounts;

namespace LookupProxy.Host.Tests.Commands;

public sealed class PasswordCommandTests
{
    [Fact]
    public async Task A_line_of_standard_input_becomes_a_hash_that_matches_it()
    {
        var line = new CommandLine { Input = "correct horse\n" };

        Assert.Equal(ExitCode.Ok, await line.RunAsync("password", "hash"));

        Assert.True(PasswordHash.TryParse(line.Output.TrimEnd('\n'), out var hash));
        Assert.True(hash.Matches("correct horse"u8));
    }
}
