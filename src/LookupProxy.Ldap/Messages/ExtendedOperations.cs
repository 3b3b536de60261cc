namespace LookupProxy.Ldap.Messages;

/// <summary>RFC 4511 4.12.</summary>
public sealed record ExtendedRequest(string Oid, ReadOnlyMemory<byte>? Value = null) : LdapOperation;

public sealed record ExtendedResponse(LdapResult Result, string? Oid = null, ReadOnlyMemory<byte>? Value = null) : LdapOperation;

/// <summary>RFC 4511 4.13.</summary>
public sealed record IntermediateResponse(string? Oid, ReadOnlyMemory<byte>? Value) : LdapOperation;

/// <summary>RFC 4511 4.11.</summary>
public sealed record AbandonRequest(int MessageId) : LdapOperation;
