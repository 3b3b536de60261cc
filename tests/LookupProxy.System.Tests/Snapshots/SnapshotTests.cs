using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Snapshots;

/// <summary>The local copy of a real slapd's people: nobody who is there is ever rejected, whatever becomes of slapd and of the proxy.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("mode: fallback")]
    [InlineData("mode: primary")]
    [InlineData("mode: fallback, privacy: hashed")]
    public async Task After_a_restart_without_its_directory_people_in_the_copy_are_accepted_and_nobody_is_rejected(string snapshot)
    {
        await using var lab = await CopyLab.StartAsync(snapshot);
        await lab.CopyHoldsAsync(40);
        Assert.StartsWith("550 5.1.1 ", await lab.Proxy.AskPolicyAsync("nobody@corp.example"), StringComparison.Ordinal);

        await lab.Directory.KillAsync();
        await lab.Proxy.KillAsync();
        await lab.Proxy.StartAsync();

        await lab.StateIsAsync("ready");
        await lab.MustAcceptAsync([.. Enumerable.Range(1, 40)]);
        await lab.MustDeferAsync("nobody@corp.example");
        await lab.MustDeferAsync("person41@corp.example");
        Assert.Equal(!snapshot.Contains("hashed", StringComparison.Ordinal), (await File.ReadAllTextAsync(lab.CopyPath)).Contains("person07", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_directory_that_hangs_leaves_its_people_to_the_copy()
    {
        await using var lab = await CopyLab.StartAsync();
        await lab.CopyHoldsAsync(40);

        lab.Directory.Suspend();
        try
        {
            await lab.MustAcceptAsync(1, 2, 3);
            await lab.MustDeferAsync("nobody@corp.example");
        }
        finally
        {
            lab.Directory.Resume();
        }
    }

    [Fact]
    public async Task An_emptied_directory_is_refused_and_its_people_are_accepted_until_an_administrator_says_that_they_are_gone()
    {
        await using var lab = await CopyLab.StartAsync();
        await lab.CopyHoldsAsync(40);
        await lab.MustAcceptAsync(1, 2);

        var everybody = Enumerable.Range(1, 40).Select(person => $"dn: uid=person{person:D2},{People.BaseDn(lab.Directory.Suffix)}\nchangetype: delete\n");
        await lab.Directory.ModifyAsync(string.Join('\n', everybody));

        await lab.StateIsAsync("refused");
        Assert.Contains("snapshot-shrunk", await lab.AlarmsAsync());
        Assert.Equal("40", await lab.SnapshotAsync("recipients"));
        await lab.MustAcceptAsync(1, 2, 3);
        var table = await Binary.RunAsync("health", "--url", lab.Proxy.Url);
        Assert.Contains("snapshot-shrunk contoso", table.Output, StringComparison.Ordinal);
        Assert.Contains("40 of 40 recipients", table.Output, StringComparison.Ordinal);

        var accepted = await lab.AdministerAsync("directory", "accept", "contoso");
        Assert.Equal(0, accepted.ExitCode);
        Assert.Contains("from 40 to about 0 recipients", accepted.Output, StringComparison.Ordinal);
        await lab.StateIsAsync("ready");
        Assert.Equal("0", await lab.SnapshotAsync("recipients"));
        Assert.DoesNotContain("snapshot-shrunk", await lab.AlarmsAsync());
    }

    [Fact]
    public async Task Changes_and_a_refresh_bring_the_copy_up_to_date()
    {
        await using var lab = await CopyLab.StartAsync();
        await lab.CopyHoldsAsync(40);

        await lab.Directory.AddAsync(People.Ldif(lab.Directory.Suffix, "new@corp.example"));
        await lab.CopyHoldsAsync(41);

        await lab.Directory.AddAsync(People.Ldif(lab.Directory.Suffix, "newer@corp.example"));
        var refreshed = await lab.AdministerAsync("directory", "refresh", "contoso");
        Assert.Equal(0, refreshed.ExitCode);
        await lab.CopyHoldsAsync(42);
        await lab.Directory.KillAsync();
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("new@corp.example"));
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("newer@corp.example"));
    }
}
