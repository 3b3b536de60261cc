using System.IO.Pipelines;
using System.Text;
using LookupProxy.Endpoints.Http;

namespace LookupProxy.Host.Telemetry.Prometheus;

/// <summary>GET /metrics: collects when asked, one asker after the other.</summary>
internal sealed class MetricsText(TextExporter exporter) : IMetricsText, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public string ContentType => TextFormat.ContentType;

    public async ValueTask WriteAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        string text;
        try
        {
            exporter.Collect?.Invoke(Timeout.Infinite);
            text = exporter.Text;
        }
        finally
        {
            _one.Release();
        }

        Encoding.UTF8.GetBytes(text, output);
    }

    public void Dispose() => _one.Dispose();
}
