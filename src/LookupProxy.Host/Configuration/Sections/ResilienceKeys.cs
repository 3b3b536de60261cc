using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The keys of a directory, of any type, that say how its servers are asked.</summary>
internal static class ResilienceKeys
{
    private static readonly ResilienceSettings Defaults = new();
    private static readonly Durations Waits = new(TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));

    public static readonly Setting<TimeSpan> Timeout = Setting.Optional("timeout", Waits, Defaults.Timeout);
    private static readonly Setting<TimeSpan> HedgeAfter = Setting.Optional("hedgeAfter", Waits, Defaults.HedgeAfter);
    private static readonly Setting<int> MaxOutstanding = Setting.Optional("maxOutstanding", new Integers(1, 100_000), Defaults.MaxOutstanding);
    private static readonly Setting<int> QueueLimit = Setting.Optional("queueLimit", new Integers(0, 1_000_000), Defaults.QueueLimit);
    private static readonly Setting<BreakerSettings> Breaker = Setting.Optional("breaker", new BreakerSection(), Defaults.Breaker);

    private static readonly Setting<ResilienceSettings> Probe = Setting.Optional("probe", new ProbeSection(), Defaults);

    private static readonly Setting<CanarySettings?> Canary = Setting.Maybe("canary", new CanarySection());

    private static readonly Setting<GuardSettings> Guard = Setting.Optional("guard", new GuardSection(), Defaults.Guard);

    public static IReadOnlyList<Setting> All { get; } = [Timeout, HedgeAfter, MaxOutstanding, QueueLimit, Breaker, Probe, Canary, Guard];

    /// <param name="guarded">Whether it is when the operator says nothing of it.</param>
    public static ResilienceSettings Read(Section section, bool guarded) => section.Get(Probe) with
    {
        Timeout = section.Get(Timeout),
        HedgeAfter = section.Get(HedgeAfter),
        MaxOutstanding = section.Get(MaxOutstanding),
        QueueLimit = section.Get(QueueLimit),
        Breaker = section.Get(Breaker),
        Canary = section.Get(Canary),
        Guard = section.Get(Guard) is var guard && (guarded || section.Has(Guard)) ? guard : guard with { Enabled = false },
    };
}
