using System.Net;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Slapd;

namespace LookupProxy.SystemTests.Loss;

/// <summary>A directory that answers and has lost its people: every search succeeds and finds nobody, or only others.</summary>
public sealed class LossTests
{
    private const string WithCanary = $"canary: {{ exists: {LossLab.Canary}, absent: nobody.canary@corp.example, every: 5s }}";
    private const string WithoutCanary = "guard: { enabled: true }";

    private static readonly TimeSpan PastBothTimes = TimeSpan.FromSeconds(1.3);

    /// <summary>The alarm ends within a second, and an absence ages in another.</summary>
    private static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Losses => ["hides them while connections stay open", "is restored with hardly anybody"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task With_a_canary_nobody_is_rejected_by_a_directory_that(string loss)
    {
        await using var lab = await LossLab.StartAsync(WithCanary);
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("fabrikam1@corp.example"));
        await AwaitRejectionAsync(lab, "nobody1@corp.example");
        Assert.Equal("healthy", (await lab.HealthAsync()).Status);

        await LoseAsync(lab, loss);
        await AssertDeferredAsync(lab, "fabrikam2@corp.example");
        await Task.Delay(PastBothTimes, TimeProvider.System);
        await AssertDeferredAsync(lab, "nobody1@corp.example");
        await AssertDeferredAsync(lab, "nobody2@corp.example");
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("fabrikam1@corp.example"));
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("contoso1@corp.example"));
        await AssertAlarmAsync(lab, "canary-missing");

        await RepairAsync(lab, loss);
        await AssertWellAgainAsync(lab);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Without_one_nobody_who_was_seen_is_rejected_by_a_directory_that(string loss)
    {
        await using var lab = await LossLab.StartAsync(WithoutCanary);
        await SeeAsync(lab, 30);
        await LoseAsync(lab, loss);
        await Task.Delay(PastBothTimes, TimeProvider.System);
        await SeeAsync(lab, 30);
        await AssertDeferredAsync(lab, "fabrikam40@corp.example");
        await AssertDeferredAsync(lab, "nobody2@corp.example");
        await AssertAlarmAsync(lab, "mass-absence");

        await RepairAsync(lab, loss);
        await AssertWellAgainAsync(lab);
    }

    [Fact]
    public async Task What_the_administrator_accepts_is_rejected_again()
    {
        await using var lab = await LossLab.StartAsync(WithoutCanary);
        await SeeAsync(lab, 30);
        await lab.HidePeopleAsync();
        await Task.Delay(PastBothTimes, TimeProvider.System);
        await SeeAsync(lab, 30);
        await AssertAlarmAsync(lab, "mass-absence");

        var accepted = await lab.AcceptAsync();
        Assert.True(accepted.ExitCode == 0, accepted.Output + accepted.Error);
        Assert.Contains("fabrikam", accepted.Output, StringComparison.Ordinal);
        await AssertRejectedAsync(lab, "fabrikam1@corp.example");
        await AssertRejectedAsync(lab, "nobody3@corp.example");
        Assert.Empty((await lab.HealthAsync()).Alarms);
        Assert.Equal(1, (await lab.AcceptAsync()).ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_an_alias_is_not_rejected_by_a_directory_that_hides_aliases(bool accept)
    {
        await using var lab = await LossLab.StartAsync(WithCanary);
        await SeeAsync(lab, 5);
        await AwaitRejectionAsync(lab, "nobody1@corp.example");
        await lab.HideAliasesAsync();
        await AssertDeferredAsync(lab, "alias.fabrikam7@corp.example");
        await AssertDeferredAsync(lab, "nobody2@corp.example");
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("fabrikam8@corp.example"));
        var (status, alarms) = await lab.HealthAsync();
        Assert.Equal(("degraded", "attribute-missing fabrikam"), (status, Assert.Single(alarms)));
        Assert.Contains("nobody is found by mailLocalAddress any more", lab.Proxy.Log.Tail(1000), StringComparison.Ordinal);

        if (accept)
        {
            var accepted = await lab.AcceptAsync();
            Assert.True(accepted.ExitCode == 0, accepted.Output + accepted.Error);
            Assert.Contains("mailLocalAddress", accepted.Output, StringComparison.Ordinal);
            await Task.Delay(PastBothTimes, TimeProvider.System);
            await AssertRejectedAsync(lab, "alias.fabrikam7@corp.example");
        }
        else
        {
            await lab.ShowPeopleAsync();
            await AssertWellAgainAsync(lab);
            Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("alias.fabrikam7@corp.example"));
        }

        Assert.Equal("healthy", (await lab.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_mistyped_search_base_rejects_nobody_when_there_is_a_canary()
    {
        await using var lab = await LossLab.StartAsync(WithCanary, LossLab.Others);
        await AssertDeferredAsync(lab, "fabrikam1@corp.example");
        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("contoso1@corp.example"));
        await AssertAlarmAsync(lab, "canary-missing");
    }

    private static Task LoseAsync(LossLab lab, string loss) => loss == "is restored with hardly anybody"
        ? lab.Fabrikam.RestartAsync(static whole => whole with { Ldif = People.LdifWithUnit(whole.Suffix, "somebody@elsewhere.example") })
        : lab.HidePeopleAsync();

    private static Task RepairAsync(LossLab lab, string loss) => loss == "is restored with hardly anybody"
        ? lab.Fabrikam.RestartAsync(static whole => whole)
        : lab.ShowPeopleAsync();

    private static async Task SeeAsync(LossLab lab, int count)
    {
        for (var number = 1; number <= count; number++)
            Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync($"fabrikam{number}@corp.example"));
    }

    private static async Task AssertAlarmAsync(LossLab lab, string name)
    {
        var (status, alarms) = await lab.HealthAsync();
        Assert.Equal(("degraded", $"{name} fabrikam"), (status, Assert.Single(alarms)));
        using (var ready = await lab.Proxy.GetAsync("/health/ready"))
            Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Matches($"lookupproxy_alarm{{.*name=\"{name}\".*}} 1", await lab.Proxy.GetTextAsync("/metrics"));
        Assert.Contains($"Alarm {name} for fabrikam", lab.Proxy.Log.Tail(1000), StringComparison.Ordinal);
    }

    private static async Task AssertWellAgainAsync(LossLab lab)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                var found = await lab.Proxy.AskPolicyAsync("fabrikam2@corp.example");
                Assert.False(found.StartsWith("550", StringComparison.Ordinal), found);
                return found == "DUNNO" && (await lab.Proxy.AskPolicyAsync("nobody9@corp.example")).StartsWith("550 5.1.1 ", StringComparison.Ordinal);
            },
            RecoveryWithin,
            () => $"fabrikam is believed again\n{lab.Proxy.Log.Tail(40)}");
        Assert.Equal("healthy", (await lab.HealthAsync()).Status);
    }

    /// <summary>Once both directories answer: on a machine that stands still a probe that is late defers.</summary>
    private static Task<TimeSpan> AwaitRejectionAsync(LossLab lab, string recipient) => Eventually.TrueAsync(
        async () => (await lab.Proxy.AskPolicyAsync(recipient)).StartsWith("550 5.1.1 ", StringComparison.Ordinal),
        TimeSpan.FromSeconds(30),
        () => $"{recipient} is rejected\n{lab.Proxy.Log.Tail(40)}");

    private static async Task AssertDeferredAsync(LossLab lab, string recipient)
    {
        var action = await lab.Proxy.AskPolicyAsync(recipient);
        Assert.True(action.StartsWith("DEFER_IF_PERMIT 4.4.3 ", StringComparison.Ordinal), $"{recipient}: {action}\n{lab.Proxy.Log.Tail(40)}");
    }

    private static async Task AssertRejectedAsync(LossLab lab, string recipient)
    {
        var action = await lab.Proxy.AskPolicyAsync(recipient);
        Assert.True(action.StartsWith("550 5.1.1 ", StringComparison.Ordinal), $"{recipient}: {action}\n{lab.Proxy.Log.Tail(40)}");
    }
}
