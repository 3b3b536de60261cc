using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.SharedDomain;

/// <summary>What memory is worth while a directory cannot be asked, with times short enough to see them pass.</summary>
public sealed class SeenBeforeTests
{
    private static readonly TimeSpan PastBothTimes = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task An_answer_past_its_time_still_accepts_and_never_rejects_while_its_directory_is_away()
    {
        await using var lab = new TwoDirectories { Settings = "cache: { exists: 1s, absent: 1s }" };
        await lab.InitializeAsync();
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("fabrikam1@corp.example"));
        Assert.StartsWith("550 5.1.1 ", await lab.Proxy.AskPolicyAsync("nobody1@corp.example"), StringComparison.Ordinal);

        await lab.Fabrikam.KillAsync();
        await Task.Delay(PastBothTimes, TimeProvider.System);

        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("fabrikam1@corp.example"));
        Assert.StartsWith("DEFER_IF_PERMIT 4.4.3 ", await lab.Proxy.AskPolicyAsync("nobody1@corp.example"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_mailbox_is_accepted_once_its_absence_has_aged()
    {
        await using var lab = new TwoDirectories { Settings = "cache: { absent: 1s }" };
        await lab.InitializeAsync();
        Assert.StartsWith("550 5.1.1 ", await lab.Proxy.AskPolicyAsync("new@corp.example"), StringComparison.Ordinal);

        await lab.Fabrikam.AddAsync(Slapd.People.Ldif(lab.Fabrikam.Suffix, "new@corp.example"));

        await Eventually.TrueAsync(
            async () => await lab.Proxy.AskPolicyAsync("new@corp.example") == "DUNNO",
            TimeSpan.FromSeconds(2),
            () => "the new mailbox is accepted");
    }
}
