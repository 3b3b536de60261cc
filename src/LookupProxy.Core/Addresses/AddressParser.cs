using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace LookupProxy.Core.Addresses;

/// <summary>
/// Reads a mailbox in one of the ways that mail systems write one. Never throws.
/// Lenient where mail systems are and a refusal would lose mail: dots anywhere in a local part, underscores in a domain, one trailing dot.
/// </summary>
public static class AddressParser
{
    /// <summary>A longer one takes more stack, and so time to clear it.</summary>
    private const int UsualLength = 128;

    /// <summary>By which an IPv6 literal may grow, and more.</summary>
    private const int Growth = 16;

    public static AddressFault TryParse(ReadOnlySpan<char> text, AddressSyntax syntax, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        if (text.IsEmpty)
            return AddressFault.Empty;
        if (text.Length > AddressLimits.Input)
            return AddressFault.TooLong;

        var fault = MailboxParts.Split(text, syntax, out var parts);
        if (fault is not AddressFault.None)
            return fault;

        var buffer = text.Length <= UsualLength - Growth && Ascii.IsValid(text)
            ? stackalloc char[UsualLength]
            : stackalloc char[AddressLimits.Total + 1 + AddressLimits.Domain];
        fault = LocalPartText.TryNormalize(parts.LocalPart, parts.Form, buffer, out var at);
        if (fault is not AddressFault.None)
            return fault;

        buffer[at] = '@';
        if (!DomainName.TryNormalize(parts.Domain, buffer[(at + 1)..], out var domainLength))
            return AddressFault.DomainSyntax;

        var normal = buffer[..(at + 1 + domainLength)];
        if (normal.Length > AddressLimits.Total || Encoding.UTF8.GetByteCount(normal) > AddressLimits.Total)
            return AddressFault.TooLong;

        address = Address.FromNormal(normal, at);
        return AddressFault.None;
    }

    /// <summary>From UTF-8 (RFC 6531); octets that are not UTF-8 are a fault.</summary>
    public static AddressFault TryParse(ReadOnlySpan<byte> text, AddressSyntax syntax, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        if (text.Length > AddressLimits.Input)
            return AddressFault.TooLong;
        var chars = text.Length <= UsualLength ? stackalloc char[UsualLength] : new char[text.Length];
        Utf8.ToUtf16(text, chars, out var read, out var written, replaceInvalidSequences: false);
        if (read == text.Length)
            return TryParse(chars[..written], syntax, out address);
        return read > text.LastIndexOf((byte)'@') && text.Contains((byte)'@') ? AddressFault.DomainSyntax : AddressFault.LocalPartSyntax;
    }
}
