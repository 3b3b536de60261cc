using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.IO.Pipelines;
using System.Text;
using LookupProxy.Host.Telemetry.Prometheus;
using LookupProxy.Host.Tests.Commands;
using LookupProxy.Host.Tests.Composition;
using LookupProxy.Host.Tests.Configuration;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LookupProxy.Host.Tests.Telemetry.Prometheus;

public sealed class MetricsTextTests : IDisposable
{
    private readonly Meter _meter = new("LookupProxy.Test." + Guid.NewGuid());
    private readonly TextExporter _exporter = new(ResourceBuilder.CreateEmpty().AddService("proxy", serviceInstanceId: "one").Build());
    private readonly MeterProvider _provider;
    private readonly MetricsText _text;

    public MetricsTextTests()
    {
        _provider = Sdk.CreateMeterProviderBuilder().AddMeter(_meter.Name).AddReader(new BaseExportingMetricReader(_exporter)).Build();
        _text = new MetricsText(_exporter);
    }

    public void Dispose()
    {
        _text.Dispose();
        _provider.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public async Task Counters_gauges_and_histograms_are_written_as_Prometheus_reads_them()
    {
        var counter = _meter.CreateCounter<long>("lookups", "{lookup}", "Counts \\ and\nbreaks.");
        counter.Add(2, new("verdict", "valid"), new("empty", ""));
        counter.Add(1, new KeyValuePair<string, object?>("verdict", "a\"b\\c\nd"));
        _meter.CreateUpDownCounter<int>("open", description: "Open.").Add(-3);
        _meter.CreateObservableGauge("load", () => double.PositiveInfinity, description: "Load.");
        var histogram = _meter.CreateHistogram("took", "s", "Took.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.05);
        histogram.Record(0.5);
        histogram.Record(0.1);
        histogram.Record(7);

        Assert.Equal(
            """
            # HELP target_info What this process is.
            # TYPE target_info gauge
            target_info{service_name="proxy",service_instance_id="one"} 1
            # HELP load Load.
            # TYPE load gauge
            load +Inf
            # HELP lookups_total Counts \\ and\nbreaks.
            # TYPE lookups_total counter
            lookups_total{verdict="a\"b\\c\nd"} 1
            lookups_total{verdict="valid"} 2
            # HELP open Open.
            # TYPE open gauge
            open -3
            # HELP took_seconds Took.
            # TYPE took_seconds histogram
            took_seconds_bucket{le="+Inf"} 4
            took_seconds_bucket{le="0.1"} 2
            took_seconds_bucket{le="1"} 3
            took_seconds_count 4
            took_seconds_sum 7.65
            """,
            Sorted(await ReadAsync()));
    }

    [Fact]
    public async Task Each_asking_collects_anew()
    {
        var counter = _meter.CreateCounter<long>("asked", description: "Asked.");
        counter.Add(1);
        Assert.Contains("asked_total 1\n", await ReadAsync(), StringComparison.Ordinal);
        counter.Add(1);
        Assert.Contains("asked_total 2\n", await ReadAsync(), StringComparison.Ordinal);
        Assert.Contains("asked_total 2\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_that_is_made_anew_is_written_once()
    {
        using (var before = new Meter(_meter.Name))
            before.CreateCounter<long>("asked", description: "Asked.").Add(5);
        _meter.CreateCounter<long>("asked", description: "Asked.").Add(1);

        Assert.EndsWith("# HELP asked_total Asked.\n# TYPE asked_total counter\nasked_total 1\n", await ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_finds_no_fault_with_what_the_proxy_writes()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/promtool"), "promtool is not installed (Debian package prometheus)");
        using var folder = new ConfigurationText();
        RunningProxy.WriteSample(folder);
        using var program = await ProgramRun.ServeAsync(folder.Write("lookupproxy.yaml", RunningProxy.Sample));
        using var http = new HttpClient { BaseAddress = new Uri($"http://{program.EndPoint("http")}") };
        await PolicyQuestion.AskAsync(program.EndPoint("policy"), "anna@corp.example");
        await http.GetAsync("v1/recipients/nobody@corp.example", TestContext.Current.CancellationToken);
        var text = await http.GetStringAsync("metrics", TestContext.Current.CancellationToken);

        var (code, said) = await PromtoolAsync(text);

        Assert.Equal("", said);
        Assert.Equal(0, code);
        Assert.Contains("lookupproxy_lookups_total{namespace=\"shared\",source=\"live\",verdict=\"invalid\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("lookupproxy_build_info{", text, StringComparison.Ordinal);
        Assert.Contains("lookupproxy_endpoint_request_duration_seconds_bucket{lookupproxy_endpoint=\"policy\",lookupproxy_outcome=\"valid\",le=\"0.001\"}", text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> PromtoolAsync(string text)
    {
        var start = new ProcessStartInfo("promtool", ["check", "metrics"]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var promtool = Process.Start(start)!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var output = promtool.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = await promtool.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await promtool.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (promtool.ExitCode, await output + error);
    }

    private async Task<string> ReadAsync()
    {
        using var stream = new MemoryStream();
        var writer = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
        await _text.WriteAsync(writer, TestContext.Current.CancellationToken);
        await writer.CompleteAsync();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Metrics by name, and within one the samples: the SDK promises no order.</summary>
    private static string Sorted(string text)
    {
        var blocks = text.Split("# HELP ", StringSplitOptions.RemoveEmptyEntries).Select(static block =>
        {
            var lines = block.TrimEnd('\n').Split('\n');
            return string.Join('\n', [.. lines[..2], .. lines[2..].Order(StringComparer.Ordinal)]);
        });
        var target = blocks.First(static block => block.StartsWith("target_info", StringComparison.Ordinal));
        return string.Join('\n', blocks.Where(block => block != target).Order(StringComparer.Ordinal).Prepend(target).Select(static block => "# HELP " + block));
    }
}
