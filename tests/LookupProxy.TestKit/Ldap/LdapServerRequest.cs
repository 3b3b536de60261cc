using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>What the scripted server has received, in order.</summary>
/// <param name="Connection">Counts from 1.</param>
public sealed record LdapServerRequest(int Connection, bool OverTls, LdapMessage Message);
