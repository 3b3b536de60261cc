namespace LookupProxy.Ldap.Messages;

/// <summary>RFC 4511 4.12.</summary>
public sealed record ExtendedRequest(string Oid, ReadOnlyMemory<byte>? Value = null) : LdapOperation;

/// <summary>
/// RFC 4511 4.12. With message id 0 and <see cref="Oids.NoticeOfDisconnection"/> the server is about to close. Samba also ends a search with one of
/// these, without a name, when a critical control is unknown to it.
/// </summary>
public sealed record ExtendedResponse(LdapResult Result, string? Oid = null, ReadOnlyMemory<byte>? Value = null) : LdapOperation;

/// <summary>RFC 4511 4.13.</summary>
public sealed record IntermediateResponse(string? Oid, ReadOnlyMemory<byte>? Value) : LdapOperation;

/// <summary>RFC 4511 4.11.</summary>
public sealed record AbandonRequest(int MessageId) : LdapOperation;
