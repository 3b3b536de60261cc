using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>How a server is tried when no question does it. Its values are the directory's, so it makes settings of which only those three count.</summary>
internal sealed class ProbeSection : SectionReader<ResilienceSettings>
{
    private static readonly ResilienceSettings Defaults = new();

    private static readonly Setting<TimeSpan> Every = Setting.Optional("every", new Durations(TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(5)), Defaults.ProbeEvery);
    private static readonly Setting<TimeSpan> Timeout = Setting.Optional("timeout", new Durations(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1)), Defaults.ProbeTimeout);
    private static readonly Setting<TimeSpan> IdleAfter = Setting.Optional("idleAfter", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), Defaults.ProbeIdleAfter);

    public override IReadOnlyList<Setting> Inner { get; } = [Every, Timeout, IdleAfter];

    protected override bool TryBuild(Section section, out ResilienceSettings value)
    {
        value = new ResilienceSettings
        {
            ProbeEvery = section.Get(Every),
            ProbeTimeout = section.Get(Timeout),
            ProbeIdleAfter = section.Get(IdleAfter),
        };
        return true;
    }
}
