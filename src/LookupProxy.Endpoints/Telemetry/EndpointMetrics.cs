using System.Diagnostics.Metrics;

namespace LookupProxy.Endpoints.Telemetry;

/// <summary>Every instrument of this project. Names and units follow OpenTelemetry; times are seconds.</summary>
public sealed class EndpointMetrics : IDisposable
{
    public const string MeterName = "LookupProxy.Endpoints";

    private const string EndpointTag = "lookupproxy.endpoint";

    private readonly Meter _meter;
    private readonly Histogram<double> _duration;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _faults;

    public EndpointMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(new MeterOptions(MeterName)) ?? new Meter(MeterName);
        _duration = _meter.CreateHistogram<double>(
            "lookupproxy.endpoint.request.duration",
            unit: "s",
            description: "From a request read whole to its answer written.");
        _connections = _meter.CreateUpDownCounter<long>("lookupproxy.endpoint.connections", unit: "{connection}", description: "Open connections.");
        _faults = _meter.CreateCounter<long>(
            "lookupproxy.endpoint.faults",
            unit: "{connection}",
            description: "Connections closed for what the client sent or failed to send.");
    }

    /// <summary>Whether anyone listens, so that no clock is read for nothing.</summary>
    internal bool TimesRequests => _duration.Enabled;

    internal void Answered(string endpoint, string outcome, TimeSpan took) =>
        _duration.Record(took.TotalSeconds, new(EndpointTag, endpoint), new("lookupproxy.outcome", outcome));

    internal void Opened(string endpoint) => _connections.Add(1, new KeyValuePair<string, object?>(EndpointTag, endpoint));

    internal void Closed(string endpoint) => _connections.Add(-1, new KeyValuePair<string, object?>(EndpointTag, endpoint));

    internal void Faulted(string endpoint, string fault) =>
        _faults.Add(1, new KeyValuePair<string, object?>(EndpointTag, endpoint), new("lookupproxy.fault", fault));

    public void Dispose() => _meter.Dispose();
}
