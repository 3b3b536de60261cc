using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class TelemetrySection : SectionReader<TelemetrySettings>
{
    private static readonly TelemetrySettings Defaults = new();
    private static readonly Texts Label = new("1 to 255 printable characters", LabelComplaint);

    private static readonly Setting<string> ServiceName = Setting.Optional("serviceName", Label, Defaults.ServiceName);
    private static readonly Setting<string?> Instance = Setting.Maybe("instance", Label, "the host's name");
    private static readonly Setting<OtlpSettings?> Otlp = Setting.Maybe("otlp", new OtlpSection());

    public override IReadOnlyList<Setting> Inner { get; } = [ServiceName, Instance, Otlp];

    protected override bool TryBuild(Section section, out TelemetrySettings value)
    {
        value = new TelemetrySettings { ServiceName = section.Get(ServiceName), Instance = section.Get(Instance), Otlp = section.Get(Otlp) };
        return true;
    }

    private static string? LabelComplaint(string text) => text.Length is > 0 and <= 255 && !text.Any(char.IsControl) ? null : "not a label";
}
