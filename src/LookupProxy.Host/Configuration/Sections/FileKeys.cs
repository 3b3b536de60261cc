using System.Collections.Immutable;
using LookupProxy.Directories.File;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys of a directory of type file.</summary>
internal static class FileKeys
{
    private static readonly FileDirectoryOptions Defaults = new() { Name = "", Path = "", Format = RecipientFileFormat.List };
    private static readonly Durations Waits = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));

    private static readonly Setting<string> Location = Setting.Required("path", new FilePaths(mustExist: false), "");

    private static readonly Setting<RecipientFileFormat?> Format = Setting.Optional<RecipientFileFormat?>(
        "format",
        new Choices<RecipientFileFormat?>(("ldif", RecipientFileFormat.Ldif), ("list", RecipientFileFormat.List), ("csv", RecipientFileFormat.Csv)),
        null,
        "by the path's ending: .ldif, .csv, else list");

    private static readonly Setting<bool> CaseSensitive = Setting.Optional("caseSensitive", Booleans.Any, Defaults.CaseSensitive);

    private static readonly Setting<ImmutableArray<Located<string>>> AddressAttributes = Setting.Optional(
        "addressAttributes", new Lists<string>(RecipientKeys.AttributeName), RecipientKeys.Default(Defaults.AddressAttributes));

    private static readonly Setting<double> MaxShrink = Setting.Optional("maxShrink", new Ratios(0, 1), Defaults.MaxShrink);
    private static readonly Setting<TimeSpan> PollEvery = Setting.Optional("pollEvery", Waits, Defaults.PollEvery);
    private static readonly Setting<TimeSpan> SettleFor = Setting.Optional("settleFor", new Durations(TimeSpan.Zero, TimeSpan.FromHours(1)), Defaults.SettleFor);

    private static readonly Setting<TimeSpan> ConfirmRemovalsFor = Setting.Optional(
        "confirmRemovalsFor", new Durations(TimeSpan.Zero, TimeSpan.FromDays(1)), Defaults.ConfirmRemovalsFor);

    public static IReadOnlyList<Setting> All { get; } =
        [Location, Format, CaseSensitive, AddressAttributes, MaxShrink, PollEvery, SettleFor, ConfirmRemovalsFor];

    public static FileDirectoryOptions Read(Section section)
    {
        var path = section.Get(Location);
        // Not an error: the file may come later, and until then the directory says that it isn't ready.
        if (path.Length > 0 && FileReadability.Complaint(path) is { } complaint)
            section.At(Location).Warning($"{path} {complaint}; until it can be read, no address of its namespaces is invalid");
        return Defaults with
        {
            Name = section.Name,
            Path = path,
            Format = section.Get(Format) ?? ByEnding(path),
            CaseSensitive = section.Get(CaseSensitive),
            DisabledExists = section.Get(RecipientKeys.Disabled) ?? Defaults.DisabledExists,
            AddressAttributes = RecipientKeys.Plain(section.Get(AddressAttributes)),
            PublishedAttributes = RecipientKeys.Published(section),
            MaxShrink = section.Get(MaxShrink),
            CountPath = StateDirectory.PathOf($"{section.Name}.count", section.Scope.Context),
            PollEvery = section.Get(PollEvery),
            SettleFor = section.Get(SettleFor),
            ConfirmRemovalsFor = section.Get(ConfirmRemovalsFor),
        };
    }

    private static RecipientFileFormat ByEnding(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".ldif" or ".ldf" => RecipientFileFormat.Ldif,
        ".csv" => RecipientFileFormat.Csv,
        _ => RecipientFileFormat.List,
    };
}
