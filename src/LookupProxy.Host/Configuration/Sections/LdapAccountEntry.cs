using LookupProxy.Endpoints.Ldap;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

internal sealed record LdapAccountEntry(LdapAccountOptions Options, ReadScope Name, ReadScope Subject, Located<string>? View);
