using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>A directory that goes away: the list is not whole, and a password is neither right nor wrong.</summary>
public sealed class PassThroughFaultTests : IAsyncLifetime
{
    private readonly PassThroughLab _lab = new();

    public ValueTask InitializeAsync() => _lab.InitializeAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task A_directory_that_is_away_leaves_the_other_one_and_says_so()
    {
        await _lab.Fabrikam.ShutDownAsync();

        var result = await _lab.SearchAsync("-E", "pr=100/noprompt", "(objectClass=*)", "mail");

        Assert.Equal(52, result.ExitCode);
        Assert.Contains("dn: cn=contoso1199@corp.example,o=lookupproxy", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("dn: cn=fabrikam", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_whose_directory_is_away_hears_unavailable_and_the_others_bind()
    {
        Assert.Equal(0, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
        await _lab.Fabrikam.ShutDownAsync();

        for (var i = 0; i < 6; i++)
            Assert.Equal(52, (await _lab.WhoAmIAsync("zoe@corp.example", i < 3 ? PassThroughLab.Password : "wrong")).ExitCode);
        Assert.Equal(52, (await _lab.WhoAmIAsync("fabrikam5@corp.example", "wrong")).ExitCode);
        Assert.Equal(0, (await _lab.WhoAmIAsync("anna@corp.example", PassThroughLab.Password)).ExitCode);

        await _lab.Fabrikam.RestartAsync();
        await Eventually.TrueAsync(
            async () => (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode == 0,
            TimeSpan.FromSeconds(2),
            static () => "fabrikam's users bind again");
    }

    [Fact]
    public async Task A_directory_that_hangs_is_unavailable_in_time()
    {
        Assert.Equal(0, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
        _lab.Fabrikam.Suspend();
        try
        {
            Assert.Equal(52, (await _lab.WhoAmIAsync("zoe@corp.example", PassThroughLab.Password)).ExitCode);
            Assert.Equal(52, (await _lab.SearchAsync("(objectClass=*)", "mail")).ExitCode);
        }
        finally
        {
            _lab.Fabrikam.Resume();
        }
    }
}
