using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>When a directory that says "absent" of recipients it had before is no longer believed.</summary>
internal sealed class GuardSection : SectionReader<GuardSettings>
{
    private static readonly GuardSettings Defaults = new();

    private static readonly Setting<bool> Enabled = Setting.Optional("enabled", Booleans.Any, Defaults.Enabled, "true; in a directory of type file only when guard is given");
    private static readonly Setting<double> Share = Setting.Optional("share", new Ratios(0.01, 1), Defaults.Share);
    private static readonly Setting<int> Minimum = Setting.Optional("minimum", new Integers(2, 50), Defaults.Minimum);
    private static readonly Setting<TimeSpan> HoldFor = Setting.Optional("holdFor", new Durations(TimeSpan.Zero, TimeSpan.FromDays(7)), Defaults.HoldFor);

    public override IReadOnlyList<Setting> Inner { get; } = [Enabled, Share, Minimum, HoldFor];

    protected override bool TryBuild(Section section, out GuardSettings value)
    {
        value = new GuardSettings
        {
            Enabled = section.Get(Enabled),
            Share = section.Get(Share),
            Minimum = section.Get(Minimum),
            HoldFor = section.Get(HoldFor),
        };
        return true;
    }
}
