using System.IO.Pipelines;

namespace LookupProxy.Endpoints.Http;

/// <summary>What GET /metrics returns; supplied by whoever owns the metrics. Without one the path is not found.</summary>
public interface IMetricsText
{
    /// <summary>The whole Content-Type header.</summary>
    string ContentType { get; }

    ValueTask WriteAsync(PipeWriter output, CancellationToken cancellationToken);
}
