using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class ShutdownSection : SectionReader<TimeSpan>
{
    public static readonly TimeSpan DefaultDrain = TimeSpan.FromSeconds(10);

    private static readonly Setting<TimeSpan> Drain =
        Setting.Optional("drain", new Durations(TimeSpan.Zero, TimeSpan.FromMinutes(10)), DefaultDrain);

    public override IReadOnlyList<Setting> Inner { get; } = [Drain];

    protected override bool TryBuild(Section section, out TimeSpan value)
    {
        value = section.Get(Drain);
        return true;
    }
}
