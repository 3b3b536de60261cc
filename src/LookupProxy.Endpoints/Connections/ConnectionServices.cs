using System.Net;
using LookupProxy.Core.Text;
using LookupProxy.Endpoints.Telemetry;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Connections;

/// <summary>What all connections of one endpoint share.</summary>
internal sealed class ConnectionServices(string endpoint, TimeProvider time, EndpointMetrics metrics, ILogger logger)
{
    private readonly LogThrottle _throttle = new(time, burst: 10, window: TimeSpan.FromMinutes(1));

    /// <summary>The configuration's word: policy, socketmap, …</summary>
    public string Endpoint => endpoint;

    public TimeProvider Time => time;

    public EndpointMetrics Metrics => metrics;

    public ILogger Logger => logger;

    /// <param name="fault">A word, for the metric too.</param>
    /// <param name="detail">For the log, with no value that the client sent.</param>
    public void Faulted(EndPoint? client, string fault, string? detail = null)
    {
        metrics.Faulted(endpoint, fault);
        var told = detail is null ? fault : $"{fault}: {detail}";
        if (_throttle.Allow(out var suppressed))
            ConnectionLog.Fault(logger, endpoint, client, told, suppressed);
        else
            ConnectionLog.FaultQuiet(logger, endpoint, client, told);
    }
}
