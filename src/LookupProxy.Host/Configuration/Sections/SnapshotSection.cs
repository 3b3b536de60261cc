using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The local copy of a directory's recipients. What it copies, and under whose name, its directory adds.</summary>
internal sealed class SnapshotSection : SectionReader<SnapshotEntry>
{
    private static readonly SnapshotSettings Defaults = new();
    private static readonly Durations Intervals = new(TimeSpan.FromSeconds(5), TimeSpan.FromDays(30));

    private static readonly Setting<SnapshotMode> Mode = Setting.Optional(
        "mode", new Choices<SnapshotMode>(("fallback", SnapshotMode.Fallback), ("primary", SnapshotMode.Primary)), Defaults.Mode);

    private static readonly Setting<TimeSpan> Every = Setting.Optional("every", Intervals, Defaults.Every);
    private static readonly Setting<TimeSpan> FullEvery = Setting.Optional("fullEvery", Intervals, Defaults.FullEvery);
    private static readonly Setting<TimeSpan> MaxAge = Setting.Optional("maxAge", new Durations(TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)), Defaults.MaxAge);

    private static readonly Setting<ChangesMethod> Changes = Setting.Optional(
        "changes",
        new Choices<ChangesMethod>(
            ("auto", ChangesMethod.Auto), ("dirsync", ChangesMethod.DirSync), ("usn", ChangesMethod.Usn), ("syncrepl", ChangesMethod.SyncRepl),
            ("modifyTimestamp", ChangesMethod.ModifyTimestamp), ("none", ChangesMethod.None)),
        ChangesMethod.Auto);

    private static readonly Setting<double> MaxShrink = Setting.Optional("maxShrink", new Ratios(0, 1), Defaults.MaxShrink);

    private static readonly Setting<bool> Privacy = Setting.Optional(
        "privacy", new Choices<bool>(("plain", false), ("hashed", true)), Defaults.IsHashed);

    private static readonly Setting<string?> File = Setting.Maybe(
        "path", new FilePaths(mustExist: false, isOurs: true), shown: "NAME.snapshot in the service's state directory; without one in memory only");

    private static readonly Setting<int> MaxAttributes = Setting.Optional("maxAttributes", new ByteSizes(0, 1 << 20), Defaults.MaxAttributes);

    public override IReadOnlyList<Setting> Inner { get; } = [Mode, Every, FullEvery, Changes, MaxAge, MaxShrink, Privacy, File, MaxAttributes];

    protected override bool TryBuild(Section section, out SnapshotEntry value)
    {
        var settings = Defaults with
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
        if (settings.FullEvery < settings.Every)
            section.At(FullEvery).Error($"shorter than every ({Durations.Write(settings.Every)})");
        if (settings.MaxAge <= settings.Every)
            section.At(MaxAge).Error($"not longer than every ({Durations.Write(settings.Every)}): the copy would be too old to use between two readings");
        else if (settings.MaxAge <= settings.FullEvery)
            section.At(MaxAge).Warning($"not longer than fullEvery ({Durations.Write(settings.FullEvery)}): where changes don't tell who has gone, the copy is too old to use until it is read whole again");
        value = new SnapshotEntry(settings, section.Get(Changes));
        return true;
    }
}
