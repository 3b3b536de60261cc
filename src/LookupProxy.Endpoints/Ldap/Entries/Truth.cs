namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>RFC 4511 4.5.1.7. In order: AND is the least of its operands, OR the greatest.</summary>
internal enum Truth
{
    False,
    Undefined,
    True,
}
