using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace LookupProxy.Endpoints.Http.Recipients;

/// <summary>
/// RFC 3986 percent-encoding of an address in a URL. Gateways' scripts often encode nothing (rspamd among them), so a "%" that begins no escape is itself,
/// and a "+" is always itself: it is the usual recipient delimiter, while a space in an address is hardly ever seen.
/// </summary>
internal static class PercentText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>False when what the escapes spell is not UTF-8.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        if (!text.Contains('%'))
        {
            decoded = text.ToString();
            return true;
        }

        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            if (text[0] == '%' && text.Length >= 3 && byte.TryParse(text.Slice(1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes[length++] = value;
                text = text[3..];
                continue;
            }

            var next = text[1..].IndexOf('%') + 1;
            var plain = next == 0 ? text : text[..next];
            length += Encoding.UTF8.GetBytes(plain, bytes.AsSpan(length));
            text = text[plain.Length..];
        }

        try
        {
            decoded = Strict.GetString(bytes, 0, length);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
