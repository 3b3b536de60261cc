namespace LookupProxy.Endpoints.Ldap.Searching;

internal enum SearchSubject
{
    /// <summary>One or more addresses, to be resolved.</summary>
    Addresses,

    /// <summary>Something that no recipient can have: an address that is none. The answer is no entry.</summary>
    Nothing,

    /// <summary>No address: an enumeration, a group's members.</summary>
    Other,

    /// <summary>A wildcard where an address is due; nobody may be found by it.</summary>
    Refused,
}
