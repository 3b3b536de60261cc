using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Pass-through search. Null when it is off.</summary>
internal sealed class PassThroughSearchSection : SectionReader<PassThroughSearchOptions?>
{
    private static readonly PassThroughSearchOptions Defaults = new();

    private static readonly Setting<bool> Enabled = Setting.Optional("enabled", Booleans.Any, false);
    private static readonly Setting<int> MaxEntries = Setting.Optional("maxEntries", new Integers(1, 10_000_000), Defaults.MaxEntries);
    private static readonly Setting<int> MaxConcurrent = Setting.Optional("maxConcurrent", new Integers(1, 1_000), Defaults.MaxConcurrent);

    /// <summary>Below the time after which a connection counts as hung.</summary>
    private static readonly Setting<TimeSpan> Timeout = Setting.Optional("timeout", new Durations(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(50)), Defaults.Timeout);

    private static readonly Setting<TimeSpan> CookieLifetime =
        Setting.Optional("cookieLifetime", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), Defaults.CookieLifetime);

    private static readonly Setting<ImmutableArray<Located<string>>> FilterAttributes = Setting.Optional<ImmutableArray<Located<string>>>(
        "filterAttributes", new Lists<string>(RecipientKeys.AttributeName, mayBeEmpty: true), RecipientKeys.Default(Defaults.FilterAttributes));

    public override IReadOnlyList<Setting> Inner { get; } = [Enabled, MaxEntries, MaxConcurrent, Timeout, CookieLifetime, FilterAttributes];

    protected override bool TryBuild(Section section, out PassThroughSearchOptions? value)
    {
        var options = new PassThroughSearchOptions
        {
            MaxEntries = section.Get(MaxEntries),
            MaxConcurrent = section.Get(MaxConcurrent),
            Timeout = section.Get(Timeout),
            CookieLifetime = section.Get(CookieLifetime),
            FilterAttributes = RecipientKeys.Plain(section.Get(FilterAttributes)),
        };
        value = section.Get(Enabled) ? options : null;
        return true;
    }
}
