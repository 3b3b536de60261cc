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

    [GeneratedRegex(@"\blookupproxy_\w+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MetricNames();
}
