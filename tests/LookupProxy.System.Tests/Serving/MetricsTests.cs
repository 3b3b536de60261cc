using System.Globalization;
using System.Text.RegularExpressions;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;
using LookupProxy.SystemTests.SharedDomain;

namespace LookupProxy.SystemTests.Serving;

public sealed partial class MetricsTests(TwoDirectories lab) : IClassFixture<TwoDirectories>
{
    private static readonly string Rules = Repository.File("deploy/prometheus/alerts.yaml");

    [Fact]
    public async Task Promtool_finds_no_fault_in_the_metrics()
    {
        await lab.Proxy.AskPolicyAsync("contoso1@corp.example");

        var result = await Command.RunAsync(Tool.Promtool, ["check", "metrics"], await lab.Proxy.GetTextAsync("/metrics"));

        Assert.Equal((0, ""), (result.ExitCode, result.Output + result.Error));
    }

    [Theory]
    [InlineData("check", "alerts.yaml")]
    [InlineData("test", "alerts.test.yaml")]
    public async Task Promtool_finds_no_fault_in_the_alert_rules(string verb, string file)
    {
        var result = await Command.RunAsync(Tool.Promtool, [verb, "rules", file], folder: Repository.File("deploy/prometheus"));

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task Every_metric_of_the_alert_rules_exists()
    {
        await lab.Proxy.AskPolicyAsync("contoso1@corp.example");
        await lab.Proxy.AskPolicyAsync("nobody@corp.example");
        var metrics = await lab.Proxy.GetTextAsync("/metrics");

        var named = MetricNames().Matches(await File.ReadAllTextAsync(Rules)).Select(static match => match.Value).Distinct().ToArray();
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"\n{name}", metrics, StringComparison.Ordinal));
    }

    /// <summary>While one runs nobody is answered, and one that has ten times as much to look at lasts ten times as long.</summary>
    [Fact]
    public async Task Garbage_collections_are_frequent_and_so_short()
    {
        var (before, collectionsBefore) = await GarbageAsync();
        double allocated;
        double collections;
        do
            (allocated, collections) = await GarbageAsync();
        while (allocated - before < 100e6);

        Assert.InRange((allocated - before) / Math.Max(1, collections - collectionsBefore), 0, 12e6);
    }

    private async Task<(double Allocated, double Collections)> GarbageAsync()
    {
        var metrics = await lab.Proxy.GetTextAsync("/metrics");
        return (Sum("dotnet_gc_heap_total_allocated_bytes_total"), Sum("dotnet_gc_collections_total"));

        double Sum(string name) => metrics.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal))
            .Sum(static line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"\blookupproxy_\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricNames();
}
