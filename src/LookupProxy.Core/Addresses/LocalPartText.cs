using System.Buffers;
using System.Text;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Core.Addresses;

internal static class LocalPartText
{
    /// <summary>RFC 5322 3.2.3 atext, and the dot.</summary>
    private static readonly SearchValues<char> AtomsAndDots =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    /// <summary>Length of the quoted-string, with its quotes, that <paramref name="text"/> begins with; 0 when it begins with none that ends.</summary>
    public static int QuotedLength(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text[0] != '"')
            return 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == '"')
                return i + 1;
            if (text[i] == '\\')
                i++;
        }

        return 0;
    }

    /// <summary>Unquotes, checks and brings to NFC.</summary>
    /// <param name="destination">At least <see cref="AddressLimits.Total"/> characters.</param>
    public static AddressFault TryNormalize(ReadOnlySpan<char> text, LocalPartForm form, Span<char> destination, out int written)
    {
        written = 0;
        if (form != LocalPartForm.Quoted)
            return TryCopy(text, form, destination, out written);

        Span<char> unquoted = text.Length <= 256 ? stackalloc char[256] : new char[text.Length];
        return TryCopy(unquoted[..Unquote(text, unquoted)], LocalPartForm.Raw, destination, out written);
    }

    /// <summary>RFC 5321 Local-part of what is held unquoted.</summary>
    public static bool NeedsQuotes(ReadOnlySpan<char> text)
    {
        if (text[0] == '.' || text[^1] == '.' || text.Contains("..", StringComparison.Ordinal))
            return true;
        foreach (var c in text)
        {
            if (char.IsAscii(c) && !AtomsAndDots.Contains(c))
                return true;
        }

        return false;
    }

    public static void AppendQuoted(StringBuilder to, ReadOnlySpan<char> text)
    {
        to.Append('"');
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                to.Append('\\');
            to.Append(c);
        }

        to.Append('"');
    }

    private static int Unquote(ReadOnlySpan<char> text, Span<char> destination)
    {
        var written = 0;
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == '\\')
                i++;
            destination[written++] = text[i];
        }

        return written;
    }

    private static AddressFault TryCopy(ReadOnlySpan<char> text, LocalPartForm form, Span<char> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty)
            return AddressFault.LocalPartEmpty;
        if (!text.ContainsAnyExcept(AtomsAndDots))
            return TryCopyAscii(text, destination, out written);

        foreach (var c in text)
        {
            // C1 controls too: they have no business in a mailbox and end up in logs.
            if (char.IsControl(c) || (form == LocalPartForm.Atoms && char.IsAscii(c) && !AtomsAndDots.Contains(c)))
                return AddressFault.LocalPartSyntax;
        }

        return Ascii.IsValid(text) ? TryCopyAscii(text, destination, out written) : TryCopyUnicode(text, destination, out written);
    }

    private static AddressFault TryCopyAscii(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (text.Length > AddressLimits.Total)
            return AddressFault.TooLong;
        text.CopyTo(destination);
        written = text.Length;
        return AddressFault.None;
    }

    private static AddressFault TryCopyUnicode(ReadOnlySpan<char> text, Span<char> destination, out int written)
    {
        written = 0;
        if (!NormalForm.IsWellFormed(text))
            return AddressFault.LocalPartSyntax;
        var normal = NormalForm.ToNfc(text);
        if (Encoding.UTF8.GetByteCount(normal) > AddressLimits.Total)
            return AddressFault.TooLong;
        normal.CopyTo(destination);
        written = normal.Length;
        return AddressFault.None;
    }
}
