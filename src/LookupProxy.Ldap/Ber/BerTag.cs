namespace LookupProxy.Ldap.Ber;

/// <summary>Identifier octets (X.690 8.1.2) that LDAP uses. All its tags fit one octet.</summary>
internal static class BerTag
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte Enumerated = 0x0A;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>No element: the scope is at its end. As a tag 00 is reserved for indefinite lengths, which LDAP forbids.</summary>
    public const byte None = 0x00;

    /// <summary>The bit of a constructed element.</summary>
    public const byte Constructed = 0x20;

    /// <summary>Low bits that say the tag number goes on in the next octets.</summary>
    public const byte LongForm = 0x1F;
}
