namespace LookupProxy.Ldap.Controls;

/// <summary>RFC 4511 4.1.11.</summary>
public sealed record LdapControl(string Oid, bool Critical = false, ReadOnlyMemory<byte>? Value = null);
