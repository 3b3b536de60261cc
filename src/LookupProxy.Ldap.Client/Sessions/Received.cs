using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Sessions;

/// <summary>A message, or why there is none.</summary>
internal readonly record struct Received(LdapMessage? Message, LdapFault? Fault);
