namespace LookupProxy.Host.Configuration.Model;

internal sealed record TelemetrySettings
{
    /// <summary>OpenTelemetry's service.name.</summary>
    public string ServiceName { get; init; } = "lookupproxy";

    /// <summary>OpenTelemetry's service.instance.id; the host's name when null.</summary>
    public string? Instance { get; init; }

    /// <summary>Null when nothing is exported.</summary>
    public OtlpSettings? Otlp { get; init; }
}
