using System.Diagnostics.Tracing;
using LookupProxy.Core.Text;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Telemetry;

/// <summary>What the OTLP exporter tells only to who listens: that the collector cannot be reached or refuses. Into the log, and seldom: it happens at each export.</summary>
internal sealed class OtlpFaultLog : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";
    private const int MaxLength = 300;

    private readonly LogThrottle? _throttle;
    private readonly ILogger? _logger;

    public OtlpFaultLog(TimeProvider time, ILogger logger)
    {
        (_throttle, _logger) = (new LogThrottle(time, burst: 1, window: TimeSpan.FromMinutes(10)), logger);
        foreach (var source in EventSource.GetSources().Where(static source => source.Name == Exporter))
            EnableEvents(source, EventLevel.Warning);
    }

    /// <summary>The base calls it before this object is made, and for sources that come later.</summary>
    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (_logger is not null && eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_logger is not null && _throttle is not null && _throttle.Allow(out _))
            HostLog.NotExported(_logger, Text(eventData));
    }

    /// <summary>The first line: what follows is the exporter's stack.</summary>
    private static string Text(EventWrittenEventArgs eventData)
    {
        object?[] payload = [.. eventData.Payload ?? []];
        var text = string.Format(null, eventData.Message ?? eventData.EventName ?? "", payload).AsSpan();
        var end = text.IndexOfAny('\r', '\n');
        var line = end < 0 ? text : text[..end];
        return line.Length > MaxLength ? string.Concat(line[..MaxLength], "…") : line.ToString();
    }
}
