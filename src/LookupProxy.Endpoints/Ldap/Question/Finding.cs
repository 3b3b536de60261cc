namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>What one part of a filter asks for. In an OR the greater one counts.</summary>
internal enum Finding
{
    /// <summary>No address: a class, a flag, a group, an enumeration.</summary>
    Other,

    /// <summary>A value without a domain, of an attribute that holds addresses or local parts.</summary>
    Bare,

    /// <summary>A key of a whole domain, or an address that cannot be.</summary>
    Nothing,

    /// <summary>An address with a scheme before it in an attribute that holds plain ones: somebody's whose local part is quoted, or a filter that finds nobody anywhere.</summary>
    Scheme,

    Address,

    /// <summary>A wildcard in place of a whole local part: everybody of a domain.</summary>
    Domain,

    /// <summary>A wildcard within an address.</summary>
    Wildcard,
}
