using System.Globalization;
using System.Text;

namespace LookupProxy.Core.Addresses.Unicode;

/// <summary>
/// U-labels to A-labels. Of UTS #46's mapping (non-transitional) it does what people and programs really send: letter case, NFC, full-width ASCII,
/// ideographic full stops, invisible characters dropped. Other compatibility forms stay what they are and so match no domain.
/// </summary>
internal static class UnicodeLabel
{
    /// <summary>Brings a whole domain, dots and all, to mapped U-labels.</summary>
    /// <param name="domain">Well formed.</param>
    public static string Map(ReadOnlySpan<char> domain)
    {
        var mapped = new StringBuilder(domain.Length + 1);
        foreach (var rune in domain.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case 0x3002 or 0xFF0E or 0xFF61:
                    mapped.Append('.');
                    break;
                case 0x00AD or 0x034F or 0x200B or 0x2060 or 0x2064 or 0xFEFF or (>= 0xFE00 and <= 0xFE0F):
                    break;
                case 0x0130:
                    // The one capital whose lower case is two characters.
                    mapped.Append("i\u0307");
                    break;
                case >= 0xFF01 and <= 0xFF5E:
                    mapped.Append(char.ToLowerInvariant((char)(rune.Value - 0xFEE0)));
                    break;
                default:
                    mapped.Append(Rune.ToLowerInvariant(rune));
                    break;
            }
        }

        return NormalForm.ToNfc(mapped.ToString());
    }

    /// <summary>Mapped U-label, not empty, to A-label. False when a character may not be in a domain or the A-label is too long.</summary>
    public static bool TryEncode(ReadOnlySpan<char> label, Span<char> destination, out int written)
    {
        written = 0;
        if (!IsAllowed(label) || !Punycode.Prefix.TryCopyTo(destination))
            return false;
        var room = destination[Punycode.Prefix.Length..Math.Min(AddressLimits.Label, destination.Length)];
        if (!Punycode.TryEncode(label, room, out var length))
            return false;
        written = Punycode.Prefix.Length + length;
        return true;
    }

    /// <summary>A-label to U-label. False when it is none, or one that no U-label makes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> label, out string decoded)
    {
        decoded = "";
        if (!label.StartsWith(Punycode.Prefix, StringComparison.Ordinal))
            return false;
        var text = new StringBuilder(label.Length);
        if (!Punycode.TryDecode(label[Punycode.Prefix.Length..], text))
            return false;
        decoded = text.ToString();
        Span<char> again = stackalloc char[AddressLimits.Label];
        return !Ascii.IsValid(decoded)
            && string.Equals(Map(decoded), decoded, StringComparison.Ordinal)
            && TryEncode(decoded, again, out var length)
            && label.SequenceEqual(again[..length]);
    }

    private static bool IsAllowed(ReadOnlySpan<char> label)
    {
        if (label[0] == '-' || label[^1] == '-' || label.StartsWith(Punycode.Prefix, StringComparison.Ordinal))
            return false;
        var first = true;
        foreach (var rune in label.EnumerateRunes())
        {
            if (!IsAllowed(rune, first))
                return false;
            first = false;
        }

        return true;
    }

    private static bool IsAllowed(Rune rune, bool first)
    {
        if (rune.IsAscii)
            return Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_';
        // Zero-width joiners are part of some scripts' spelling (RFC 5892 A.1, A.2).
        if (rune.Value is 0x200C or 0x200D)
            return !first;
        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => !first,
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator => false,
            _ => true,
        };
    }
}
