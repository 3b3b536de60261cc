using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class CacheSection : SectionReader<CacheSettings>
{
    private static readonly CacheSettings Defaults = new();
    private static readonly Integers Sheets = new(100, 100_000_000);

    private static readonly Setting<TimeSpan> Exists = Setting.Optional("exists", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), Defaults.Exists);
    private static readonly Setting<TimeSpan> Absent = Setting.Optional("absent", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), Defaults.Absent);
    private static readonly Setting<TimeSpan> StaleFor = Setting.Optional("staleFor", new Durations(TimeSpan.Zero, TimeSpan.FromDays(365)), Defaults.StaleFor);
    private static readonly Setting<double> Jitter = Setting.Optional("jitter", new Ratios(0, 0.5), Defaults.Jitter);
    private static readonly Setting<double> RefreshAhead = Setting.Optional("refreshAhead", new Ratios(0, 0.9), Defaults.RefreshAhead);
    private static readonly Setting<int> MaxRefreshing = Setting.Optional("maxRefreshing", new Integers(0, 10_000), Defaults.MaxRefreshing);
    private static readonly Setting<int> MaxExists = Setting.Optional("maxExists", Sheets, Defaults.MaxExists);
    private static readonly Setting<int> MaxAbsent = Setting.Optional("maxAbsent", Sheets, Defaults.MaxAbsent);

    public override IReadOnlyList<Setting> Inner { get; } =
        [Exists, Absent, StaleFor, Jitter, RefreshAhead, MaxRefreshing, MaxExists, MaxAbsent, Setting.Later("store"), Setting.Later("path")];

    protected override bool TryBuild(Section section, out CacheSettings value)
    {
        value = new CacheSettings
        {
            Exists = section.Get(Exists),
            Absent = section.Get(Absent),
            StaleFor = section.Get(StaleFor),
            Jitter = section.Get(Jitter),
            RefreshAhead = section.Get(RefreshAhead),
            MaxRefreshing = section.Get(MaxRefreshing),
            MaxExists = section.Get(MaxExists),
            MaxAbsent = section.Get(MaxAbsent),
        };
        if (value.Absent > value.Exists)
            section.At(Absent).Warning($"longer than exists ({Durations.Write(value.Exists)}): a new mailbox is rejected for as long");
        return true;
    }
}
