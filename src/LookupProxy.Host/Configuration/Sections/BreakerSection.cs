using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class BreakerSection : SectionReader<BreakerSettings>
{
    private static readonly BreakerSettings Defaults = new();
    private static readonly Durations Breaks = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1));

    private static readonly Setting<double> FailureRatio = Setting.Optional("failureRatio", new Ratios(0.01, 1), Defaults.FailureRatio);
    private static readonly Setting<TimeSpan> Window = Setting.Optional("window", new Durations(TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)), Defaults.Window);
    private static readonly Setting<int> Minimum = Setting.Optional("minimum", new Integers(2, 1_000_000), Defaults.Minimum);
    private static readonly Setting<TimeSpan> BreakFor = Setting.Optional("breakFor", Breaks, Defaults.BreakFor);
    private static readonly Setting<TimeSpan> MaxBreakFor = Setting.Optional("maxBreakFor", Breaks, Defaults.MaxBreakFor);

    public override IReadOnlyList<Setting> Inner { get; } = [FailureRatio, Window, Minimum, BreakFor, MaxBreakFor];

    protected override bool TryBuild(Section section, out BreakerSettings value)
    {
        value = new BreakerSettings
        {
            FailureRatio = section.Get(FailureRatio),
            Window = section.Get(Window),
            Minimum = section.Get(Minimum),
            BreakFor = section.Get(BreakFor),
            MaxBreakFor = section.Get(MaxBreakFor),
        };
        if (value.BreakFor > value.MaxBreakFor)
            section.At(BreakFor).Error($"longer than maxBreakFor ({Durations.Write(value.MaxBreakFor)})");
        return true;
    }
}
