using System.Globalization;
using System.Text;

namespace LookupProxy.Ldap.Filters;

/// <summary>Assertion values of RFC 4515: UTF-8, with <c>\xx</c> for any octet.</summary>
internal static class FilterValue
{
    /// <summary>The first asterisk that is not escaped, or -1.</summary>
    public static int IndexOfWildcard(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '*')
                return i;
            if (text[i] == '\\')
                i++;
        }

        return -1;
    }

    public static bool TryUnescape(ReadOnlySpan<char> text, FilterTextOptions options, out byte[] octets, out string? fault)
    {
        fault = text.Contains('\0') ? "NUL must be written \\00" : null;
        octets = [];
        if (fault is not null)
            return false;
        if (!text.Contains('\\'))
        {
            octets = new byte[Encoding.UTF8.GetByteCount(text)];
            Encoding.UTF8.GetBytes(text, octets);
            return true;
        }

        return TryUnescapeEach(text, options, out octets, out fault);
    }

    private static bool TryUnescapeEach(ReadOnlySpan<char> text, FilterTextOptions options, out byte[] octets, out string? fault)
    {
        var output = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        octets = [];
        while (text.Length > 0)
        {
            var plain = text.IndexOf('\\') is var escape and >= 0 ? escape : text.Length;
            length += Encoding.UTF8.GetBytes(text[..plain], output.AsSpan(length));
            text = text[plain..];
            if (text.Length == 0)
                break;
            if (!TryUnescapeOne(text, options, out output[length], out var taken))
            {
                fault = "'\\' must be followed by two hexadecimal digits";
                return false;
            }

            length++;
            text = text[taken..];
        }

        fault = null;
        octets = output.AsSpan(0, length).ToArray();
        return true;
    }

    private static bool TryUnescapeOne(ReadOnlySpan<char> text, FilterTextOptions options, out byte octet, out int taken)
    {
        taken = 3;
        octet = 0;
        if (text.Length >= 3 && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octet))
            return true;
        taken = 2;
        if (!options.LegacyEscapes || text.Length < 2 || text[1] is not ('*' or '(' or ')' or '\\'))
            return false;
        octet = (byte)text[1];
        return true;
    }
}
