using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The local copy of a directory's recipients. What it copies, and under whose name, its directory adds.</summary>
internal sealed class SnapshotSection : SectionReader<SnapshotSettings>
{
    private static readonly SnapshotSettings Defaults = new();
    private static readonly Durations Intervals = new(TimeSpan.FromSeconds(5), TimeSpan.FromDays(30));

    private static readonly Setting<SnapshotMode> Mode = Setting.Optional(
        "mode", new Choices<SnapshotMode>(("fallback", SnapshotMode.Fallback), ("primary", SnapshotMode.Primary)), Defaults.Mode);

    private static readonly Setting<TimeSpan> Every = Setting.Optional("every", Intervals, Defaults.Every);
    private static readonly Setting<TimeSpan> FullEvery = Setting.Optional("fullEvery", Intervals, Defaults.FullEvery);
    private static readonly Setting<TimeSpan> MaxAge = Setting.Optional("maxAge", new Durations(TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)), Defaults.MaxAge);
    private static readonly Setting<double> MaxShrink = Setting.Optional("maxShrink", new Ratios(0, 1), Defaults.MaxShrink);

    private static readonly Setting<bool> Privacy = Setting.Optional(
        "privacy", new Choices<bool>(("plain", false), ("hashed", true)), Defaults.IsHashed);

    private static readonly Setting<string?> File = Setting.Maybe(
        "path", new FilePaths(mustExist: false), shown: "NAME.snapshot in the service's state directory; without one in memory only");

    private static readonly Setting<int> MaxAttributes = Setting.Optional("maxAttributes", new ByteSizes(0, 1 << 20), Defaults.MaxAttributes);

    public override IReadOnlyList<Setting> Inner { get; } = [Mode, Every, FullEvery, MaxAge, MaxShrink, Privacy, File, MaxAttributes];

    protected override bool TryBuild(Section section, out SnapshotSettings value)
    {
        value = Defaults with
        {
            Mode = section.Get(Mode),
            Every = section.Get(Every),
            FullEvery = section.Get(FullEvery),
            MaxAge = section.Get(MaxAge),
            MaxShrink = section.Get(MaxShrink),
            IsHashed = section.Get(Privacy),
            Path = section.Get(File),
            MaxAttributes = section.Get(MaxAttributes),
        };
        if (value.FullEvery < value.Every)
            section.At(FullEvery).Error($"shorter than every ({Durations.Write(value.Every)})");
        if (value.MaxAge <= value.Every)
            section.At(MaxAge).Error($"not longer than every ({Durations.Write(value.Every)}): the copy would be too old to use between two readings");
        else if (value.MaxAge <= value.FullEvery)
            section.At(MaxAge).Warning($"not longer than fullEvery ({Durations.Write(value.FullEvery)}): where changes don't tell who has gone, the copy is too old to use until it is read whole again");
        return true;
    }
}
