using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Host.Telemetry;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class OtlpSection : SectionReader<OtlpSettings>
{
    private static readonly OtlpSettings Defaults = new() { Endpoint = new Uri("http://localhost") };

    private static readonly Setting<Uri> Endpoint = Setting.Required("endpoint", HttpUris.Any, Defaults.Endpoint);

    private static readonly Setting<OtlpProtocol> Protocol = Setting.Optional(
        "protocol", new Choices<OtlpProtocol>(("grpc", OtlpProtocol.Grpc), ("http/protobuf", OtlpProtocol.HttpProtobuf)), Defaults.Protocol);

    private static readonly Setting<string?> HeadersFile = Setting.Maybe("headersFile", SecretFiles.Any);

    private static readonly Setting<TimeSpan> Interval =
        Setting.Optional("interval", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), Defaults.Interval);

    private static readonly Setting<double> TraceRatio = Setting.Optional("traceRatio", new Ratios(0, 1), Defaults.TraceRatio);

    public override IReadOnlyList<Setting> Inner { get; } = [Endpoint, Protocol, HeadersFile, Interval, TraceRatio];

    protected override bool TryBuild(Section section, out OtlpSettings value)
    {
        value = new OtlpSettings
        {
            Endpoint = section.Get(Endpoint),
            Protocol = section.Get(Protocol),
            HeadersFile = section.Get(HeadersFile),
            Interval = section.Get(Interval),
            TraceRatio = section.Get(TraceRatio),
        };
        if (value.HeadersFile is { } file && OtlpHeaders.FaultyLine(file) is { } line)
            section.At(HeadersFile).Error($"line {line} of the file is no \"name: value\"");
        return true;
    }
}
