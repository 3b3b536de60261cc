namespace LookupProxy.Host.Configuration.Model;

internal enum OtlpProtocol
{
    Grpc,
    HttpProtobuf,
}

internal sealed record OtlpSettings
{
    public required Uri Endpoint { get; init; }

    public OtlpProtocol Protocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>Lines of "name: value": the collector's credentials.</summary>
    public string? HeadersFile { get; init; }

    /// <summary>Between two exports of metrics.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Share of lookups that are traced.</summary>
    public double TraceRatio { get; init; } = 0.01;
}
