using LookupProxy.Host.Telemetry.Prometheus;

namespace LookupProxy.Host.Tests.Telemetry.Prometheus;

public sealed class MetricNamesTests
{
    [Theory]
    [InlineData("lookupproxy.lookups", "{lookup}", true, false, "lookupproxy_lookups_total")]
    [InlineData("lookupproxy.lookup.duration", "s", false, false, "lookupproxy_lookup_duration_seconds")]
    [InlineData("cpu.time", "s", true, false, "cpu_time_seconds_total")]
    [InlineData("memory.used", "By", false, true, "memory_used_bytes")]
    [InlineData("already.seconds", "s", false, true, "already_seconds")]
    [InlineData("already_total", "", true, false, "already_total")]
    [InlineData("share", "1", false, true, "share_ratio")]
    [InlineData("count", "1", true, false, "count_total")]
    [InlineData("odd--name..x", "", false, true, "odd_name_x")]
    [InlineData("9lives", "", false, true, "_9lives")]
    [InlineData("speed", "km/h", false, true, "speed_km_h")]
    public void A_name_says_its_unit_and_whether_it_only_goes_up(string name, string unit, bool isCounter, bool isGauge, string expected) =>
        Assert.Equal(expected, MetricNames.Of(name, unit, isCounter, isGauge));
}
