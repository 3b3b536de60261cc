using System.Diagnostics.CodeAnalysis;
using System.Text;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Core.Addresses;

/// <summary>
/// Mail domains in the one form that is compared: lower-case A-labels (RFC 5890) without a trailing dot, or an address literal.
/// An A-label is taken as it stands: what it decodes to is between its owner and the registry.
/// </summary>
public static class DomainName
{
    /// <summary>From U-labels or A-labels in any case. False when it is no domain.</summary>
    public static bool TryNormalize(ReadOnlySpan<char> text, [NotNullWhen(true)] out string? domain)
    {
        Span<char> buffer = stackalloc char[AddressLimits.Domain];
        domain = TryNormalize(text, buffer, out var written) ? buffer[..written].ToString() : null;
        return domain is not null;
    }

    /// <summary>Whether a normalised domain has a label that can be written otherwise.</summary>
    public static bool HasUnicode(ReadOnlySpan<char> domain) => domain.Contains(Punycode.Prefix, StringComparison.Ordinal);

    /// <summary>A normal domain with its A-labels written as U-labels, for directories that hold these. The same text when it has none that decodes.</summary>
    public static string ToUnicode(ReadOnlySpan<char> domain)
    {
        if (!HasUnicode(domain))
            return domain.ToString();
        var text = new StringBuilder(domain.Length);
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (text.Length > 0)
                text.Append('.');
            text.Append(UnicodeLabel.TryDecode(label, out var decoded) ? decoded : label);
        }

        return text.ToString();
    }

    /// <summary>False also when <paramref name="destination"/> is too short for the domain.</summary>
    internal static bool TryNormalize(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (text.Length > AddressLimits.Input)
            return false;
        if (text.StartsWith('['))
            return DomainLiteral.TryNormalize(text, destination, out written);
        if (!Ascii.IsValid(text))
            return NormalForm.IsWellFormed(text) && TryEncode(WithoutTrailingDot(UnicodeLabel.Map(text)), destination, out written);
        return TryCopyLabels(WithoutTrailingDot(text), destination, out written);
    }

    private static ReadOnlySpan<char> WithoutTrailingDot(ReadOnlySpan<char> text) => text.EndsWith('.') ? text[..^1] : text;

    private static bool TryEncode(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (written > 0)
            {
                if (written == destination.Length)
                    return false;
                destination[written++] = '.';
            }

            var room = destination[written..];
            if (!(Ascii.IsValid(label) ? TryCopyLabels(label, room, out var length) : UnicodeLabel.TryEncode(label, room, out length)))
                return false;
            written += length;
        }

        return written is > 0 and <= AddressLimits.Domain;
    }

    /// <summary>One or more ASCII labels with dots between them.</summary>
    private static bool TryCopyLabels(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (text.Length > Math.Min(AddressLimits.Domain, destination.Length))
            return false;
        var label = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '.')
            {
                if (!IsLabel(text[label..i]))
                    return false;
                label = i + 1;
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                c = (char)(c | 0x20);
            }
            else if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c is not ('-' or '_'))
            {
                // The underscore is no host name's (RFC 952), yet mail systems take it.
                return false;
            }

            destination[i] = c;
        }

        written = text.Length;
        return IsLabel(text[label..]);
    }

    private static bool IsLabel(ReadOnlySpan<char> label) => label.Length is > 0 and <= AddressLimits.Label && label[0] != '-' && label[^1] != '-';
}
