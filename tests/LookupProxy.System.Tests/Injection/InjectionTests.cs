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
    private const int Size = 300;

    /// <summary>Nobody waits for a directory's timeout, which is twice this. The true figures are told by tests/inject on a quiet machine; this one may be loaded.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan RecoveryWithin = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task No_fault_makes_a_false_answer()
    {
        await using var lab = await InjectionLab.StartAsync(Size, TimeProvider.System);
        var report = await new InjectionRun(lab, InjectionPace.Short, seed: 1, TimeProvider.System, static _ => { }).RunAsync(InjectedFaults.Few, lookups: 0);

        AssertTrue(report);
        Assert.All(report.Rows, row => Assert.True(row.OthersP99 <= AtOnce && row.DeferredP99 <= AtOnce, $"{report}"));
    }

    /// <summary>tests/inject runs it: LOOKUPPROXY_INJECT is "LOOKUPS SEED".</summary>
    [Fact(Explicit = true)]
    public async Task No_fault_makes_a_false_answer_in_a_run_of_any_length()
    {
        var words = (Environment.GetEnvironmentVariable("LOOKUPPROXY_INJECT") ?? "1000000 1").Split(' ');
        var lookups = long.Parse(words[0], CultureInfo.InvariantCulture);
        var seed = int.Parse(words[1], CultureInfo.InvariantCulture);
        await using var lab = await InjectionLab.StartAsync(Size, TimeProvider.System);
        var report = await new InjectionRun(lab, InjectionPace.Long, seed, TimeProvider.System, Console.WriteLine).RunAsync(InjectedFaults.All, lookups);
        var file = Repository.File("artifacts/injection.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, report.ToString());
        Console.WriteLine(report);

        AssertTrue(report);
    }

    private static void AssertTrue(InjectionReport report)
    {
        var all = $"{report}";
        Assert.True(report.FalseRejects.Count == 0, all);
        Assert.True(report.FalseAccepts.Count == 0, all);
        Assert.True(report.SeenNotAccepted.Count == 0, all);
        Assert.True(report.Strange == 0, all);
        Assert.All(report.Rows, row => Assert.True(row.OthersAccepted == 1, all));
        Assert.All(report.Rows, row => Assert.True(!row.Phase.Fault.Silences || row.UnseenDeferred is null or 1, all));
        Assert.All(report.Rows, row => Assert.True(row.Phase.RecoveredIn <= RecoveryWithin, all));
    }
}
