using System.Buffers;
using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>The value of an assertion about an address, as gateways write it: <c>smtp:a@b</c>, <c>SMTP:a@b</c>, <c>smtp$a@b</c>, <c>sip:a@b</c>, <c>a@b</c>.</summary>
internal static class AddressValue
{
    private static readonly SearchValues<byte> s_schemeEnd = SearchValues.Create(":$@"u8);

    /// <summary>
    /// The value without spaces around it and without the scheme of a mail or SIP address. False when it has the scheme of something else (X500, EUM, NOTES), or one where
    /// none should be.
    /// </summary>
    /// <param name="attribute">
    /// In one that holds plain addresses no scheme stands before them: "$" may stand in a local part, and ":" in one within quotes, which some gateways leave out
    /// (Postfix asks for <c>"smtp:anna"@…</c> with them and without).
    /// </param>
    public static bool TryStrip(string attribute, ReadOnlySpan<byte> value, out ReadOnlySpan<byte> address)
    {
        address = value.Trim((byte)' ');
        var end = address.IndexOfAny(s_schemeEnd);
        if (end <= 0 || address[end] == '@')
            return true;
        var scheme = address[..end];
        if (AttributeRoles.IsPlain(attribute))
            return address[end] == '$' || !IsMail(scheme) || AttributeRoles.Of(attribute) != AttributeRole.Address;
        if (IsMail(scheme))
        {
            address = address[(end + 1)..];
            return true;
        }

        // Elsewhere "$" and, within quotes, ":" are of the local part.
        return address[end] == '$' || !IsScheme(scheme);
    }

    /// <param name="address">Stripped.</param>
    public static Finding Read(ReadOnlySpan<byte> address, out Address? result)
    {
        result = null;
        var at = address.LastIndexOf((byte)'@');
        if (at < 0)
            return Finding.Bare;
        if (at == 0 || AddressParser.TryParse(address, AddressSyntax.Unquoted, out result) != AddressFault.None)
            return Finding.Nothing;
        return Finding.Address;
    }

    /// <summary>Whether a value names <paramref name="asked"/>, in whatever spelling.</summary>
    public static bool Names(string attribute, ReadOnlySpan<byte> value, Address asked)
    {
        if (!TryStrip(attribute, value, out var address))
            return false;
        if (Ascii.EqualsIgnoreCase(address, asked.Text))
            return true;
        // Quotes, an IDN, a literal or a trailing dot can be spelled otherwise; nothing else can.
        return MayBeSpelledOtherwise(address) && Read(address, out var other) == Finding.Address && string.Equals(other!.Text, asked.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static bool MayBeSpelledOtherwise(ReadOnlySpan<byte> address) =>
        !Ascii.IsValid(address) || (address.Length > 0 && (address[0] == '"' || address[^1] is (byte)'.' or (byte)']'));

    private static bool IsMail(ReadOnlySpan<byte> scheme) =>
        Ascii.EqualsIgnoreCase(scheme, "smtp"u8) || Ascii.EqualsIgnoreCase(scheme, "sip"u8)
        || Ascii.EqualsIgnoreCase(scheme, "mailto"u8) || Ascii.EqualsIgnoreCase(scheme, "rfc822"u8);

    private static bool IsScheme(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet))
                return false;
        }

        return true;
    }
}
