using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Addresses of which a directory's answer is known.</summary>
internal sealed class CanarySection : SectionReader<CanarySettings>
{
    /// <summary>Each absence waits for them all.</summary>
    private const int Most = 8;

    private static readonly CanarySettings Defaults = new();

    private static readonly Setting<ImmutableArray<Located<Address>>> Exists = Setting.Optional("exists", new Lists<Address>(Mailboxes.Any), [], "none");
    private static readonly Setting<Address?> Absent = Setting.Maybe("absent", Mailboxes.Any);
    private static readonly Setting<TimeSpan> Every = Setting.Optional("every", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), Defaults.Every);

    public override IReadOnlyList<Setting> Inner { get; } = [Exists, Absent, Every];

    protected override bool TryBuild(Section section, out CanarySettings value)
    {
        value = new CanarySettings
        {
            Exists = [.. section.Get(Exists).Select(static canary => canary.Value).Distinct()],
            Absent = section.Get(Absent),
            Every = section.Get(Every),
        };
        if (value.Exists.IsEmpty && value.Absent is null)
            section.Scope.Error(section.Scope.KeyOrigin, "has no address: give exists, absent or both");
        if (value.Exists.Length > Most)
            section.At(Exists).Error($"more than {Most}");
        if (value.Absent is { } nobody && value.Exists.Contains(nobody))
            section.At(Absent).Error("is among those that exist");
        return true;
    }
}
