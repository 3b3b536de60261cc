namespace LookupProxy.Ldap.Ber;

internal enum BerHeaderStatus
{
    Done,

    /// <summary>The octets end within the header.</summary>
    NeedMore,

    /// <summary>The tag has more than one octet; LDAP has none of these.</summary>
    LongTag,

    /// <summary>The length is given by an end mark, which RFC 4511 5.1 forbids.</summary>
    Indefinite,

    /// <summary>The length is beyond what memory can hold.</summary>
    TooLong,

    /// <summary>The reserved length octet FF.</summary>
    Malformed,
}
