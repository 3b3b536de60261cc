using System.Globalization;
using LookupProxy.SystemTests.Ldap;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Injection;

/// <summary>
/// Three directories, two nodes, a load of people who exist and people who don't; and then everything that can happen happens.
/// Nobody who exists is rejected, nobody who doesn't is accepted.
/// </summary>
[Collection(nameof(AloneCollection))]
public sealed class InjectionTests
{
    /// <summary>Nobody waits for a directory's timeout, which is twice this. The true figures are told by tests/inject on a quiet machine; this one may be loaded.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task No_fault_makes_a_false_answer()
    {
        var report = await RunAsync(new InjectionPlan(InjectedFaults.Few, lookups: 0, seed: 1), InjectionPace.Short, static _ => { });

        AssertTrue(report);
        Assert.All(report.Rows, row => Assert.True(!report.DoTimesTell || (!(row.OthersP99 > AtOnce) && !(row.DeferredP99 > AtOnce)), $"{report}"));
    }

    /// <summary>tests/inject runs it: LOOKUPPROXY_INJECT is "LOOKUPS SEED".</summary>
    [Fact(Explicit = true)]
    public async Task No_fault_makes_a_false_answer_in_a_run_of_any_length()
    {
        var words = (Environment.GetEnvironmentVariable("LOOKUPPROXY_INJECT") ?? "1000000 1").Split(' ');
        var lookups = long.Parse(words[0], CultureInfo.InvariantCulture);
        var seed = int.Parse(words[1], CultureInfo.InvariantCulture);
        var report = await RunAsync(new InjectionPlan(InjectedFaults.All, lookups, seed), InjectionPace.Long, Console.WriteLine);
        var summary = InjectionSummary.Of(report);
        Directory.CreateDirectory(Repository.File("artifacts"));
        await File.WriteAllTextAsync(Repository.File("artifacts/injection.md"), report.ToString());
        await File.WriteAllTextAsync(Repository.File("artifacts/injection-summary.md"), summary);
        Console.WriteLine(summary);

        AssertTrue(report);
        Assert.True(report.Lookups >= lookups, $"This machine is too slow for {lookups} lookups: {report.Lookups}.");
    }

    private static async Task<InjectionReport> RunAsync(InjectionPlan plan, InjectionPace pace, Action<string> progress)
    {
        await using var lab = await InjectionLab.StartAsync(plan, TimeProvider.System);
        return await new InjectionRun(lab, plan, pace, TimeProvider.System, progress).RunAsync();
    }

    private static void AssertTrue(InjectionReport report)
    {
        var all = $"{report}";
        Assert.True(report.FalseRejects.Count == 0, all);
        Assert.True(report.FalseAccepts.Count == 0, all);
        Assert.True(report.SeenNotAccepted.Count == 0, all);
        Assert.True(report.Strange == 0, all);
        Assert.All(report.Rows, row => Assert.True(row.OthersAccepted == 1, all));
        Assert.All(report.Rows, row => Assert.True(row.Fault.Target is null || row.Unseen > 0, $"{row.Name}: while it lasted nobody was answered whom no node had seen\n{all}"));
        Assert.All(report.Rows, row => Assert.True(!row.Fault.Silences || row.UnseenDeferred == 1, all));
        Assert.All(report.Rows, row => Assert.True(!report.DoTimesTell || row.Recovered is null || row.Recovered <= InjectionLimits.RecoveryWithin, all));
    }
}
