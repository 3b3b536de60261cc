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

    public void Faulted(EndPoint? client, string fault)
    {
        metrics.Faulted(endpoint, fault);
        if (_throttle.Allow(out var suppressed))
            ConnectionLog.Fault(logger, endpoint, client, fault, suppressed);
        else
            ConnectionLog.FaultQuiet(logger, endpoint, client, fault);
    }
}
