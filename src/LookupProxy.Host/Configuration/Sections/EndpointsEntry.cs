using LookupProxy.Endpoints.Http;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed record EndpointsEntry(EndpointSettings<PolicyOptions>? Policy, EndpointSettings<HttpApiOptions>? Http, LdapEntry? Ldap);
