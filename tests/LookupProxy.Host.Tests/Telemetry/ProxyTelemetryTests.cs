using System.Diagnostics;
using System.Net;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Telemetry;
using LookupProxy.Host.Tests.Configuration;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Host.Tests.Telemetry;

public sealed class ProxyTelemetryTests
{
    [Fact]
    public async Task Metrics_and_traces_are_pushed_to_the_collector_with_its_credentials()
    {
        using var text = new ConfigurationText();
        using var collector = new Collector();
        var settings = new OtlpSettings
        {
            Endpoint = collector.Url,
            Protocol = OtlpProtocol.HttpProtobuf,
            HeadersFile = text.Write("headers", "authorization: Bearer let me in\n"),
            TraceRatio = 1,
        };
        using var source = new ActivitySource("LookupProxy");
        using (ProxyTelemetry.Start(new TelemetrySettings { Otlp = settings, Instance = "one" }, TimeProvider.System, NullLogger.Instance))
        {
            using var activity = source.StartActivity("lookup");
            Assert.NotNull(activity);
        }

        Assert.Equal(["/v1/metrics", "/v1/traces"], (await collector.RequestsAsync(2)).Select(static request => request.Path).Order(StringComparer.Ordinal));
        Assert.All(await collector.RequestsAsync(2), static request =>
        {
            Assert.Equal("Bearer let me in", request.Authorization);
            Assert.NotEqual(0, request.Bytes);
        });
    }

    [Fact]
    public void A_collector_that_is_away_is_told_and_not_at_each_export()
    {
        var log = new LogLines();
        var settings = new OtlpSettings { Endpoint = new Uri("http://127.0.0.1:1"), Protocol = OtlpProtocol.HttpProtobuf, TraceRatio = 1 };
        using var source = new ActivitySource("LookupProxy");

        // Its end exports both.
        using (ProxyTelemetry.Start(new TelemetrySettings { Otlp = settings }, new ManualTimeProvider(), log))
            source.StartActivity("lookup")?.Dispose();

        var line = Assert.Single(log.Lines);
        Assert.Contains("http://127.0.0.1:1/v1/", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    [Fact]
    public void Nothing_is_traced_without_a_collector()
    {
        using var source = new ActivitySource("LookupProxy.Untraced");
        using (ProxyTelemetry.Start(new TelemetrySettings(), TimeProvider.System, NullLogger.Instance))
            Assert.Null(source.StartActivity("lookup"));
    }

    /// <summary>Takes what is sent, as an OpenTelemetry collector would.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Task _serving;
        private readonly List<(string Path, string? Authorization, long Bytes)> _requests = [];
        private readonly SemaphoreSlim _arrived = new(0);

        public Collector()
        {
            // Of the range that the kernel gives to nobody by itself.
            for (var port = 29000 + (Environment.ProcessId % 1000); ; port++)
            {
                Url = new Uri($"http://127.0.0.1:{port}");
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(Url.AbsoluteUri);
                try
                {
                    _listener.Start();
                    break;
                }
                catch (HttpListenerException)
                {
                    // Taken.
                }
            }

            _serving = ServeAsync();
        }

        public Uri Url { get; }

        public async Task<(string Path, string? Authorization, long Bytes)[]> RequestsAsync(int count)
        {
            while (_requests.Count < count)
                await _arrived.WaitAsync(TestContext.Current.CancellationToken);
            return [.. _requests];
        }

        public void Dispose()
        {
            _listener.Close();
            _arrived.Dispose();
        }

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _requests.Add((context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"], body.Length));
                context.Response.Close();
                _arrived.Release();
            }
        }
    }
}
