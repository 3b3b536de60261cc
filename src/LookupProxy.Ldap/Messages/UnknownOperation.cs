namespace LookupProxy.Ldap.Messages;

/// <summary>
/// A well-formed operation that RFC 4511 does not know, by its tag. A server answers protocolError (4.1.1), a client ignores it.
/// </summary>
public sealed record UnknownOperation(byte Tag) : LdapOperation;
