using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed class HttpSection : SectionReader<EndpointSettings<HttpApiOptions>>
{
    private static readonly HttpApiOptions Defaults = new();
    private static readonly SecretKeys AdminToken = new("adminToken", AdminTokenText.Complaint);

    private static readonly Setting<TimeSpan> RetryAfter =
        Setting.Optional("retryAfter", new Durations(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), Defaults.RetryAfter);

    public override IReadOnlyList<Setting> Inner { get; } = [.. ListenerKeys.All, .. AdminToken.All, RetryAfter];

    protected override bool TryBuild(Section section, out EndpointSettings<HttpApiOptions> value)
    {
        value = ListenerKeys.Read(section, new HttpApiOptions { RetryAfter = section.Get(RetryAfter), ReadAdminToken = AdminToken.Read(section) });
        if (AdminToken.IsGiven(section) && value.Listeners.FirstOrDefault(static listener => !listener.IsTls && listener.Address.IsOnTheNetwork) is { } open)
            section.Scope.Context.Faults.Warning(open.Origin, open.Path, $"the administrator's token crosses the network to {open.Address} in the clear; use listenTls");
        return true;
    }
}
