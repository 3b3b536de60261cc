using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using LookupProxy.Ldap.Ber;

namespace LookupProxy.Ldap.Names;

/// <summary>Attribute values of RFC 4514 2.4: escaped, <c>#</c> and hexadecimal BER, or RFC 2253's quoted.</summary>
internal static class NameValue
{
    private const byte Utf8StringTag = 0x0C;
    private const byte PrintableStringTag = 0x13;
    private const byte Ia5StringTag = 0x16;

    /// <summary>Takes the value off the front of <paramref name="rest"/>, which then begins with a separator, spaces before one, or is empty.</summary>
    public static bool TryParse(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? value)
    {
        if (rest.StartsWith('"'))
            return TryParseQuoted(ref rest, out value);
        var end = FindEnd(rest);
        var written = rest[..end];
        rest = rest[end..];
        return written.StartsWith('#') ? TryParseHex(written, out value) : TryUnescape(TrimEnd(written), out value);
    }

    private static bool TryParseQuoted(ref ReadOnlySpan<char> rest, [NotNullWhen(true)] out string? value)
    {
        value = null;
        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] == '\\')
            {
                i++;
            }
            else if (rest[i] == '"')
            {
                var written = rest[1..i];
                rest = rest[(i + 1)..];
                return TryUnescape(written, out value);
            }
        }

        return false;
    }

    private static int FindEnd(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ',' or ';' or '+')
                return i;
            if (text[i] == '\\')
                i++;
        }

        return text.Length;
    }

    /// <summary>Spaces before a separator are not of the value, but an escaped one is.</summary>
    private static ReadOnlySpan<char> TrimEnd(ReadOnlySpan<char> text)
    {
        var trimmed = text.TrimEnd(' ');
        var backslashes = trimmed.Length - trimmed.TrimEnd('\\').Length;
        return backslashes % 2 == 1 && trimmed.Length < text.Length ? text[..(trimmed.Length + 1)] : trimmed;
    }

    private static bool TryUnescape(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (text.Contains('\0'))
            return false;
        if (!text.Contains('\\') && !text.ContainsAnyInRange('\uD800', '\uDFFF'))
        {
            value = text.ToString();
            return true;
        }

        // Escaped octets are UTF-8, of which a character may take several; half a surrogate pair becomes U+FFFD, escapes or not.
        var octets = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            var plain = text.IndexOf('\\') is var escape and >= 0 ? escape : text.Length;
            if (plain == 0)
            {
                if (!TryUnescapeOne(ref text, octets.AsSpan(length), out var written))
                    return false;
                length += written;
                continue;
            }

            length += Encoding.UTF8.GetBytes(text[..plain], octets.AsSpan(length));
            text = text[plain..];
        }

        value = Encoding.UTF8.GetString(octets, 0, length);
        return true;
    }

    private static bool TryUnescapeOne(ref ReadOnlySpan<char> text, Span<byte> output, out int written)
    {
        written = 1;
        if (text.Length >= 3 && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out output[0]))
        {
            text = text[3..];
            return true;
        }

        if (text.Length < 2 || !char.IsAscii(text[1]))
            return false;
        output[0] = (byte)text[1];
        text = text[2..];
        return true;
    }

    private static bool TryParseHex(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? value)
    {
        text = text.TrimEnd(' ');
        value = null;
        var octets = new byte[text.Length / 2];
        if (text.Length % 2 == 0 || Convert.FromHexString(text[1..], octets, out _, out _) != System.Buffers.OperationStatus.Done || octets.Length == 0)
            return false;

        var reader = new BerReader(octets);
        var tag = reader.PeekTag();
        var isString = tag is BerTag.OctetString or Utf8StringTag or PrintableStringTag or Ia5StringTag;
        var content = isString ? reader.ReadString(tag) : "";
        value = isString && reader is { Fault: null, AtEnd: true } ? content : text.ToString().ToLowerInvariant();
        return true;
    }
}
