using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Pass-through bind. Null when it is off.</summary>
internal sealed class UserBindSection : SectionReader<UserBindOptions?>
{
    private static readonly UserBindOptions Defaults = new();
    private static readonly Durations Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromDays(1));

    private static readonly Setting<bool> Enabled = Setting.Optional("enabled", Booleans.Any, false);
    private static readonly Setting<bool> Reads = Setting.Optional("reads", new Choices<bool>(("own", false), ("addresses", true)), Defaults.ReadsAddresses);

    /// <summary>Below the time after which a connection counts as hung.</summary>
    private static readonly Setting<TimeSpan> Timeout = Setting.Optional("timeout", new Durations(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(50)), Defaults.Timeout);

    private static readonly Setting<int> MaxConcurrent = Setting.Optional("maxConcurrent", new Integers(1, 10_000), Defaults.MaxConcurrent);
    private static readonly Setting<int> SlowAfter = Setting.Optional("slowAfter", new Integers(1, 1_000), Defaults.SlowAfter);
    private static readonly Setting<int> SlowClientAfter = Setting.Optional("slowClientAfter", new Integers(1, 1_000_000), Defaults.SlowClientAfter);
    private static readonly Setting<TimeSpan> Delay = Setting.Optional("delay", Pauses, Defaults.Delay);
    private static readonly Setting<TimeSpan> MaxDelay = Setting.Optional("maxDelay", Pauses, Defaults.MaxDelay);
    private static readonly Setting<TimeSpan> ForgetAfter = Setting.Optional("forgetAfter", Pauses, Defaults.ForgetAfter);
    private static readonly Setting<int> MaxTracked = Setting.Optional("maxTracked", new Integers(100, 10_000_000), Defaults.MaxTracked);

    public override IReadOnlyList<Setting> Inner { get; } =
        [Enabled, Reads, Timeout, MaxConcurrent, SlowAfter, SlowClientAfter, Delay, MaxDelay, ForgetAfter, MaxTracked];

    protected override bool TryBuild(Section section, out UserBindOptions? value)
    {
        var options = new UserBindOptions
        {
            ReadsAddresses = section.Get(Reads),
            Timeout = section.Get(Timeout),
            MaxConcurrent = section.Get(MaxConcurrent),
            SlowAfter = section.Get(SlowAfter),
            SlowClientAfter = section.Get(SlowClientAfter),
            Delay = section.Get(Delay),
            MaxDelay = section.Get(MaxDelay),
            ForgetAfter = section.Get(ForgetAfter),
            MaxTracked = section.Get(MaxTracked),
        };
        if (options.Delay > options.MaxDelay)
            section.At(Delay).Error($"longer than maxDelay ({Durations.Write(options.MaxDelay)})");
        if (options.MaxDelay > options.ForgetAfter)
            section.At(MaxDelay).Error($"longer than forgetAfter ({Durations.Write(options.ForgetAfter)}), which would end it");
        value = section.Get(Enabled) ? options : null;
        return true;
    }
}
