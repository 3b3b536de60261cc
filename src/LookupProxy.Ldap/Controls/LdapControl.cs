namespace LookupProxy.Ldap.Controls;

/// <summary>RFC 4511 4.1.11. Types beside this one make and read the values of those that LookupProxy uses.</summary>
/// <param name="Oid">One of <see cref="Oids"/>, or any other.</param>
/// <param name="Critical">Whether a server that does not know the control must refuse the request.</param>
/// <param name="Value">Null for no value, which is not the same as an empty one.</param>
public sealed record LdapControl(string Oid, bool Critical = false, ReadOnlyMemory<byte>? Value = null);
