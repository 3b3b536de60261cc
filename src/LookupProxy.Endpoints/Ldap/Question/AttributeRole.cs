namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>What the values of an attribute have to do with the recipient's address.</summary>
internal enum AttributeRole
{
    /// <summary>Holds an address when there is an "@" in it: no list can have every name that operators gave theirs (mailAlias2, InternetAddress).</summary>
    Any,

    /// <summary>Holds addresses only.</summary>
    Address,

    /// <summary>Holds the local part of the address, or the address.</summary>
    LocalPart,

    /// <summary>Names another entry or recipient: a group's members, where mail is forwarded to.</summary>
    Elsewhere,
}
