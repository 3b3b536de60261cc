namespace LookupProxy.Ldap.Client;

/// <summary>A session, which the caller disposes, or why there is none. Exactly one is set.</summary>
public readonly record struct LdapSessionOutcome(ILdapSession? Session, LdapFault? Fault);
