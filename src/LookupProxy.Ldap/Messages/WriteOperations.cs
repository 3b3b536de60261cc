namespace LookupProxy.Ldap.Messages;

public enum WriteKind
{
    Modify,
    Add,
    Delete,
    ModifyDn,
    Compare,
}

/// <summary>Modify, add, delete, modifyDN (RFC 4511 4.6 to 4.9) and compare (4.10). A read-only proxy needs their kind and target, to refuse them.</summary>
public sealed record WriteRequest(WriteKind Kind, string Target) : LdapOperation;

public sealed record WriteResponse(WriteKind Kind, LdapResult Result) : LdapOperation;
