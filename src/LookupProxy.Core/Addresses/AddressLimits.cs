namespace LookupProxy.Core.Addresses;

internal static class AddressLimits
{
    /// <summary>Octets of the A-label form (RFC 1035 2.3.4).</summary>
    public const int Domain = 255;

    public const int Label = 63;

    /// <summary>
    /// Octets of UTF-8 (RFC 5321 4.5.3.1.3 less the angle brackets), counted without quotes and in NFC: the form that is held. The local part has no limit of its
    /// own: the 64 octets of 4.5.3.1.1 are what everybody must take, and bounces to mailing lists (list-bounces+name=domain@) have more.
    /// </summary>
    public const int Total = 254;

    /// <summary>Octets or characters that are read at all. Room for quoted pairs, a source route and U-labels; no more than a parser on the stack can bear.</summary>
    public const int Input = 1024;
}
