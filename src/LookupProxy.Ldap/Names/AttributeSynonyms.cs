using System.Collections.Frozen;
using System.Collections.Immutable;

namespace LookupProxy.Ldap.Names;

/// <summary>
/// The other names of attribute types (RFC 4512 2.5: each is as good as the usual one, and so is the number): those registered beside RFC 4519's and
/// RFC 4524's, and OpenLDAP's. Not streetAddress, which is street to some and an attribute of its own to Active Directory.
/// </summary>
public static class AttributeSynonyms
{
    /// <summary>The usual name, the number, and the others.</summary>
    private static readonly ImmutableArray<string>[] s_types =
    [
        ["objectClass", "2.5.4.0"],
        ["cn", "2.5.4.3", "commonName"],
        ["sn", "2.5.4.4", "surname"],
        ["c", "2.5.4.6", "countryName"],
        ["l", "2.5.4.7", "localityName"],
        ["st", "2.5.4.8", "stateOrProvinceName"],
        ["street", "2.5.4.9"],
        ["o", "2.5.4.10", "organizationName"],
        ["ou", "2.5.4.11", "organizationalUnitName"],
        ["facsimileTelephoneNumber", "2.5.4.23", "fax"],
        ["member", "2.5.4.31"],
        ["owner", "2.5.4.32"],
        ["givenName", "2.5.4.42", "gn"],
        ["uniqueMember", "2.5.4.50"],
        ["uid", "0.9.2342.19200300.100.1.1", "userid"],
        ["mail", "0.9.2342.19200300.100.1.3", "rfc822Mailbox"],
        ["homePhone", "0.9.2342.19200300.100.1.20", "homeTelephoneNumber"],
        ["secretary", "0.9.2342.19200300.100.1.21"],
        ["dc", "0.9.2342.19200300.100.1.25", "domainComponent"],
        ["mobile", "0.9.2342.19200300.100.1.41", "mobileTelephoneNumber"],
        ["pager", "0.9.2342.19200300.100.1.42", "pagerTelephoneNumber"],
        ["co", "0.9.2342.19200300.100.1.43", "friendlyCountryName"],
    ];

    private static readonly FrozenDictionary<string, ImmutableArray<string>> s_byName =
        s_types.SelectMany(static names => names.Select(name => KeyValuePair.Create(name, names)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name under which servers answer; what has no other is its own.</summary>
    /// <param name="name">Or number, without options.</param>
    public static string Usual(string name) => s_byName.TryGetValue(name, out var names) ? names[0] : name;

    /// <summary>The names besides the usual one; no numbers.</summary>
    public static ImmutableArray<string> Of(string usual) => s_byName.TryGetValue(usual, out var names) ? names[2..] : [];
}
