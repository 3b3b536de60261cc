using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class PolicySection : SectionReader<EndpointSettings<PolicyOptions>>
{
    /// <summary>Postfix's smtpd_policy_service_max_idle.</summary>
    private static readonly TimeSpan PostfixIdle = TimeSpan.FromSeconds(300);

    private static readonly PolicyOptions Defaults = new();

    private static readonly Setting<TimeSpan> IdleTimeout =
        Setting.Optional("idleTimeout", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)), Defaults.IdleTimeout);

    private static readonly Setting<TimeSpan> RequestTimeout =
        Setting.Optional("requestTimeout", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)), Defaults.RequestTimeout);

    private static readonly Setting<int> MaxRequestBytes =
        Setting.Optional("maxRequestBytes", new ByteSizes(1024, 1024 * 1024), Defaults.MaxRequestBytes);

    private static readonly Setting<PolicyReplies> Replies = Setting.Optional("replies", new RepliesSection(), Defaults.Replies);

    public override IReadOnlyList<Setting> Inner { get; } = [.. ListenerKeys.All, IdleTimeout, RequestTimeout, MaxRequestBytes, Replies];

    protected override bool TryBuild(Section section, out EndpointSettings<PolicyOptions> value)
    {
        var options = new PolicyOptions
        {
            IdleTimeout = section.Get(IdleTimeout),
            RequestTimeout = section.Get(RequestTimeout),
            MaxRequestBytes = section.Get(MaxRequestBytes),
            Replies = section.Get(Replies),
        };
        if (options.IdleTimeout <= PostfixIdle)
            section.At(IdleTimeout).Warning($"not above Postfix's smtpd_policy_service_max_idle ({Durations.Write(PostfixIdle)}): each connection closed under it costs a second");
        value = ListenerKeys.Read(section, options);
        return true;
    }
}
