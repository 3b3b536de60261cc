using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class LookupSection : SectionReader<TimeSpan>
{
    /// <summary>The shortest time after which a usual gateway gives up.</summary>
    private static readonly TimeSpan GatewayPatience = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan DefaultDeadline = new ResolverModel { Namespaces = [] }.Deadline;

    private static readonly Setting<TimeSpan> Deadline =
        Setting.Optional("deadline", new Durations(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(60)), DefaultDeadline);

    public override IReadOnlyList<Setting> Inner { get; } = [Deadline];

    protected override bool TryBuild(Section section, out TimeSpan value)
    {
        value = section.Get(Deadline);
        if (value >= GatewayPatience)
            section.At(Deadline).Warning($"gateways give up after {Durations.Write(GatewayPatience)} to 10s, and then know less than this proxy would have told them");
        return true;
    }
}
