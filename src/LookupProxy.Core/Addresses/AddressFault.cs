namespace LookupProxy.Core.Addresses;

/// <summary>Why a text is no address. An endpoint answers 501 or 550 5.1.3 (RFC 3463) and never looks it up.</summary>
public enum AddressFault
{
    None,

    /// <summary>No text at all, or the null reverse-path &lt;&gt;.</summary>
    Empty,

    /// <summary>A local part without "@domain". The mail system qualifies it, so it is not ours to judge.</summary>
    NoDomain,

    LocalPartEmpty,

    LocalPartSyntax,

    /// <summary>A domain over 255 octets, a label over 63, or no valid IDN (RFC 5891).</summary>
    DomainSyntax,

    /// <summary>Over 254 octets (RFC 5321 4.5.3.1.3 less the angle brackets).</summary>
    TooLong,
}
