namespace LookupProxy.SystemTests.Agreement;

/// <summary>What is true of an address, and so what every endpoint must say, each in its own words.</summary>
internal enum Truth
{
    Exists,
    Nobody,

    /// <summary>Not found where it can be looked for, and a directory that shares the domain is away.</summary>
    CannotBeTold,

    /// <summary>No namespace has the domain.</summary>
    NotOurs,

    /// <summary>No RFC 5321 address.</summary>
    NoAddress,
}
