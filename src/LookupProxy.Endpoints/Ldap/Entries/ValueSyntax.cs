namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>How the values of an attribute compare (RFC 4517).</summary>
internal enum ValueSyntax
{
    /// <summary>caseIgnoreMatch: strings, flags, addresses.</summary>
    Text,

    /// <summary>integerMatch, and the bit rules of Active Directory.</summary>
    Integer,

    /// <summary>distinguishedNameMatch.</summary>
    Name,

    /// <summary>objectCategory: the DN of a class, of any forest, or the class's name.</summary>
    Category,
}
