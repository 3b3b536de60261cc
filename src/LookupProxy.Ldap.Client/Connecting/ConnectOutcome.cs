using LookupProxy.Ldap.Client.Connections;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>A transport that is ready for searches, or why there is none.</summary>
internal readonly record struct ConnectOutcome(LdapTransport? Transport, LdapFault? Fault);
