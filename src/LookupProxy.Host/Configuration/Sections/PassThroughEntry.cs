using LookupProxy.Endpoints.Ldap.Enumerating;
using LookupProxy.Endpoints.Ldap.Users;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="Search">Null when it is off.</param>
/// <param name="Bind">Null when it is off.</param>
internal sealed record PassThroughEntry(PassThroughSearchOptions? Search, UserBindOptions? Bind, ReadScope BindScope);
