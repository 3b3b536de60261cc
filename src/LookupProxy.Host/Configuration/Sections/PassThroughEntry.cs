using LookupProxy.Endpoints.Ldap.Users;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="Bind">Null when it is off.</param>
internal sealed record PassThroughEntry(UserBindOptions? Bind, ReadScope BindScope);
