namespace LookupProxy.Endpoints.Ldap.Server;

/// <param name="Word">For the metric.</param>
/// <param name="Detail">For the log; holds no value that the client sent.</param>
/// <param name="IsLdap">Whether the client speaks LDAP at all, so that a notice of disconnection makes sense to it.</param>
internal sealed record LdapFault(string Word, string Detail, bool IsLdap = true);
