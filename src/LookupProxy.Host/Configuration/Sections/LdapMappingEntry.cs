using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="From">What it is mapped from; null for a constant.</param>
internal sealed record LdapMappingEntry(AttributeMapping Mapping, ReadScope Name, Located<string>? From);
