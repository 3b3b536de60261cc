using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Only those named are opened.</summary>
internal sealed class EndpointsSection : SectionReader<EndpointsEntry>
{
    private static readonly Setting<EndpointSettings<PolicyOptions>?> Policy = Setting.Maybe("policy", new PolicySection());
    private static readonly Setting<EndpointSettings<HttpApiOptions>?> Http = Setting.Maybe("http", new HttpSection());

    private static readonly Setting<LdapEntry?> Ldap = Setting.Maybe("ldap", new LdapSection());

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
