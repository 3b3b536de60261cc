using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Ldap;

/// <summary>End users of a real Active Directory forest (Samba) bind through the LDAP endpoint over TLS.</summary>
[Collection(nameof(ForestCollection))]
public sealed class ForestBindTests(ForestLab lab)
{
    /// <summary>Of a bind, as documented; and what a busy machine adds.</summary>
    private static readonly TimeSpan InTime = TimeSpan.FromSeconds(6 + 4);

    private static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("Anna.Alias@Corp.Example")]
    // The domain of principal names is no mail domain.
    [InlineData("anna.logon@contoso.local")]
    [InlineData("ANNA.Logon@CONTOSO.LOCAL")]
    public async Task A_user_binds_by_address_and_by_principal_name(string user)
    {
        var right = await lab.WhoAmIAsync(user, ForestLab.Password);

        Assert.True(right.ExitCode == 0, $"{right.Error}\n{lab.Proxy.Log.Tail(20)}");
        Assert.Equal(0, (await lab.WhoAmIWithStartTlsAsync(user, ForestLab.Password)).ExitCode);
    }

    [Fact]
    public async Task A_user_binds_by_the_DN_that_a_search_returned()
    {
        var found = await lab.SearchAsync("(mail=anna.alias@corp.example)", "1.1");
        var name = Assert.Single(found.Output.Split('\n'), static line => line.StartsWith("dn: ", StringComparison.Ordinal))[4..];

        Assert.Equal(49, (await lab.WhoAmIAsync(name, "wrong")).ExitCode);
        // The right one last: it ends what the wrong one has begun to count, and other tests use the account too.
        Assert.Equal(0, (await lab.WhoAmIAsync(name, ForestLab.Password)).ExitCode);
    }

    [Fact]
    public async Task Whoever_may_not_log_on_gets_49_whatever_the_forests_reason_is()
    {
        // The password is right, and the forest says why it is of no use.
        foreach (var (name, reason) in ((string, string)[])[("off", "data 533"), ("new", "data 773"), ("expired", "data 701")])
        {
            var there = await lab.BindInForestAsync(lab.NameOf(name), ForestLab.Password);
            Assert.Equal(49, there.ExitCode);
            Assert.Contains(reason, there.Error, StringComparison.Ordinal);
        }

        (string User, string Password)[] attempts =
        [
            ("off@corp.example", ForestLab.Password), ("new@corp.example", ForestLab.Password), ("expired@corp.example", ForestLab.Password), ("off.logon@contoso.local", ForestLab.Password),
            ("anna@corp.example", "wrong"), ("anna.logon@contoso.local", "wrong"), ("nobody@corp.example", ForestLab.Password), ("nobody@contoso.local", ForestLab.Password),
            // A contact and a group have no password.
            ("contoso.contact@corp.example", ForestLab.Password), ("outer@corp.example", ForestLab.Password),
        ];
        var results = await Task.WhenAll(attempts.Select(attempt => lab.WhoAmIAsync(attempt.User, attempt.Password)));

        foreach (var (attempt, result) in attempts.Zip(results))
            Assert.True(result is { ExitCode: 49, Error: "ldap_bind: Invalid credentials (49)\n" }, $"{attempt.User}: {result.ExitCode} {result.Error}\n{lab.Proxy.Log.Tail(20)}");
        Assert.DoesNotContain(ForestLab.Password, lab.Proxy.Log.Tail(1000), StringComparison.Ordinal);
        Assert.Equal(0, (await lab.WhoAmIAsync("anna@corp.example", ForestLab.Password)).ExitCode);
    }

    [Theory]
    [InlineData("anna@corp.example")]
    [InlineData("anna.logon@contoso.local")]
    [InlineData("cn=anna@corp.example,o=lookupproxy")]
    public async Task A_name_without_a_password_is_never_bound(string user)
    {
        Assert.Equal(53, (await lab.WhoAmIAsync(user, "")).ExitCode);
    }

    [Fact]
    public async Task A_logon_name_with_a_domain_is_told_that_it_is_not_known_here()
    {
        var result = await lab.WhoAmIAsync(@"CONTOSO\anna", ForestLab.Password);

        Assert.Equal(34, result.ExitCode);
        Assert.Contains(@"DOMAIN\user is not known here", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guessing_here_does_not_lock_the_account_there()
    {
        // What is counted together is what the lookups say is one user: both are remembered, so that a slow machine can't make one of them unknown.
        foreach (var address in (string[])["guessed@corp.example", "guessed.alias@corp.example"])
            Assert.Contains("dn: ", (await lab.SearchAsync($"(mail={address})", "1.1")).Output, StringComparison.Ordinal);
        var codes = new List<int>();
        for (var i = 0; i < 8; i++)
            codes.Add((await lab.WhoAmIAsync(i % 2 == 0 ? "guessed@corp.example" : "guessed.alias@corp.example", $"guess{i}")).ExitCode);

        Assert.Equal([49, 49, 49, 51, 51, 51, 51, 51], codes);
        Assert.Equal(51, (await lab.WhoAmIAsync("guessed@corp.example", ForestLab.Password)).ExitCode);
        Assert.Equal(0, (await lab.BindInForestAsync(lab.NameOf("guessed"), ForestLab.Password)).ExitCode);
    }

    [Fact]
    public async Task An_account_that_its_forest_has_locked_is_49_like_a_wrong_password()
    {
        for (var i = 0; i < 6; i++)
            Assert.Equal(49, (await lab.BindInForestAsync(lab.NameOf("locked"), $"guess{i}")).ExitCode);
        Assert.Equal(49, (await lab.BindInForestAsync(lab.NameOf("locked"), ForestLab.Password)).ExitCode);

        var result = await lab.WhoAmIAsync("locked@corp.example", ForestLab.Password);

        Assert.Equal(49, result.ExitCode);
        Assert.DoesNotContain("additional info", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hangs")]
    [InlineData("is killed")]
    public async Task While_the_forest_can_not_say_it_is_unavailable_in_time(string fault)
    {
        await BindsAsync();
        if (fault == "hangs")
            lab.Forest.Suspend();
        else
            await lab.Forest.KillAsync();
        try
        {
            var began = TimeProvider.System.GetTimestamp();
            var results = await Task.WhenAll(
                lab.WhoAmIAsync("anna@corp.example", ForestLab.Password),
                lab.WhoAmIAsync("anna@corp.example", "wrong"),
                lab.WhoAmIAsync("nested@corp.example", ForestLab.Password),
                lab.WhoAmIAsync("anna.logon@contoso.local", ForestLab.Password));
            Assert.All(results, static result => Assert.Equal(52, result.ExitCode));
            Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, InTime);
        }
        finally
        {
            if (fault == "hangs")
                lab.Forest.Resume();
            else
                await lab.Forest.StartAsync();
        }

        await BindsAsync();
    }

    private Task<TimeSpan> BindsAsync() => Eventually.TrueAsync(
        async () => (await lab.WhoAmIAsync("anna@corp.example", ForestLab.Password)).ExitCode == 0, RecoveryWithin, () => $"anna binds\n{lab.Proxy.Log.Tail(20)}");
}
