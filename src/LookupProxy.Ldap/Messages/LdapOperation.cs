namespace LookupProxy.Ldap.Messages;

/// <summary>The protocolOp of RFC 4511 4.2 to 4.13.</summary>
public abstract record LdapOperation;
