using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Core.Addresses;

/// <summary>RFC 5321 4.1.3: [192.0.2.1] or [IPv6:2001:db8::1], brought to one spelling.</summary>
internal static class DomainLiteral
{
    private const string Ipv6Tag = "ipv6:";

    public static bool TryNormalize(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (text is not ['[', .. var inside, ']'])
            return false;
        if (!inside.StartsWith(Ipv6Tag, StringComparison.OrdinalIgnoreCase))
            return TryReadIpv4(inside, out var ipv4) && destination.TryWrite(CultureInfo.InvariantCulture, $"[{ipv4}]", out written);
        var address = inside[Ipv6Tag.Length..];
        return !address.Contains('%')
            && IPAddress.TryParse(address, out var ipv6)
            && ipv6.AddressFamily == AddressFamily.InterNetworkV6
            && destination.TryWrite(CultureInfo.InvariantCulture, $"[{Ipv6Tag}{ipv6}]", out written);
    }

    /// <summary>Four decimal numbers. IPAddress alone would take 127.1 and octal.</summary>
    private static bool TryReadIpv4(ReadOnlySpan<char> text, out IPAddress? address)
    {
        address = null;
        Span<byte> octets = stackalloc byte[4];
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            var number = text[range];
            if (count == 4 || number.Length is 0 or > 3 || !byte.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out octets[count]))
                return false;
            count++;
        }

        if (count != 4)
            return false;
        address = new IPAddress(octets);
        return true;
    }
}
