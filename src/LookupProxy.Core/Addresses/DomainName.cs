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

    /// <summary>A normal domain with its A-labels written as U-labels, for directories that hold these. The same text when it has none that decodes.</summary>
    public static string ToUnicode(ReadOnlySpan<char> domain)
    {
        if (!domain.Contains(Punycode.Prefix, StringComparison.Ordinal))
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

    /// <param name="destination">At least <see cref="AddressLimits.Domain"/> characters.</param>
    internal static bool TryNormalize(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (text.Length > AddressLimits.Input)
            return false;
        if (text.StartsWith('['))
            return DomainLiteral.TryNormalize(text, destination, out written);
        if (!Ascii.IsValid(text))
        {
            if (!NormalForm.IsWellFormed(text))
                return false;
            text = UnicodeLabel.Map(text);
        }

        if (text.EndsWith('.'))
            text = text[..^1];
        foreach (var range in text.Split('.'))
        {
            if (written > 0)
            {
                if (written >= AddressLimits.Domain - 1)
                    return false;
                destination[written++] = '.';
            }

            if (!TryNormalizeLabel(text[range], destination[written..AddressLimits.Domain], out var length))
                return false;
            written += length;
        }

        return written > 0;
    }

    private static bool TryNormalizeLabel(ReadOnlySpan<char> label, Span<char> destination, out int written)
    {
        written = 0;
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
            return false;
        if (!Ascii.IsValid(label))
            return UnicodeLabel.TryEncode(label, destination, out written);
        if (label.Length > Math.Min(AddressLimits.Label, destination.Length))
            return false;
        foreach (var c in label)
        {
            // The underscore is no host name's (RFC 952), yet mail systems take it.
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
            destination[written++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        return true;
    }
}
