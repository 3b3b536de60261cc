namespace LookupProxy.Endpoints.Ldap.Searching;

internal enum SearchSubject
{
    /// <summary>One or more addresses, to be resolved.</summary>
    Addresses,

    /// <summary>Something that no recipient can have: an address that is none. The answer is no entry.</summary>
    Nothing,

    /// <summary>No address: an enumeration, a group's members.</summary>
    Other,

    /// <summary>A wildcard in place of a local part: everybody of a domain, or a recipient that somebody did not escape.</summary>
    Domain,

    /// <summary>A wildcard within an address, by which nobody may be found; or more than can be answered.</summary>
    Refused,
}
