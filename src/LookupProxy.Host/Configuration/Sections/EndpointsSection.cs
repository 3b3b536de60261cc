using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Only those named are opened.</summary>
internal sealed class EndpointsSection : SectionReader<EndpointsEntry>
{
    private static readonly Setting<EndpointSettings<PolicyOptions>?> Policy = Setting.Optional<EndpointSettings<PolicyOptions>?>("policy", new PolicySection()!, null);
    private static readonly Setting<EndpointSettings<HttpApiOptions>?> Http = Setting.Optional<EndpointSettings<HttpApiOptions>?>("http", new HttpSection()!, null);

    private static readonly Setting<LdapEntry?> Ldap = Setting.Optional<LdapEntry?>("ldap", new LdapSection()!, null);

    public override IReadOnlyList<Setting> Inner { get; } =
    [
        Policy,
        Http,
        Ldap,
        Setting.Later("socketmap"),
        Setting.Later("tcpTable"),
        Setting.Later("milter"),
        Setting.Later("smtp"),
    ];

    protected override bool TryBuild(Section section, out EndpointsEntry value)
    {
        value = new EndpointsEntry(section.Get(Policy), section.Get(Http), section.Get(Ldap));
        return true;
    }
}
