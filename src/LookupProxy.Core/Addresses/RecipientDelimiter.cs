using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Core.Addresses;

/// <summary>Address extensions as Postfix splits them (recipient_delimiter, split_addr): "anna+news" is "anna" and "news".</summary>
public static class RecipientDelimiter
{
    /// <param name="delimiters">Each of its characters is a delimiter; none when empty.</param>
    /// <param name="withoutExtension">The address that remains; null when there is no extension.</param>
    public static bool TrySplit(Address address, ReadOnlySpan<char> delimiters, [NotNullWhen(true)] out Address? withoutExtension)
    {
        var end = IndexOf(address.LocalPart, delimiters);
        withoutExtension = end < 0 ? null : address.WithLocalPart(address.LocalPart[..end]);
        return end >= 0;
    }

    /// <summary>Where the extension's delimiter stands; -1 when the local part has no extension. Never 0: nobody would be left.</summary>
    public static int IndexOf(ReadOnlySpan<char> localPart, ReadOnlySpan<char> delimiters)
    {
        if (delimiters.IsEmpty)
            return -1;
        var first = localPart.IndexOfAny(delimiters);
        return first <= 0 || IsNeverSplit(localPart, delimiters) ? -1 : first;
    }

    private static bool IsNeverSplit(ReadOnlySpan<char> localPart, ReadOnlySpan<char> delimiters) =>
        Is(localPart, "postmaster")
        || Is(localPart, "mailer-daemon")
        || Is(localPart, "double-bounce")
        || (delimiters.Contains('-') && IsListAddress(localPart));

    /// <summary>Postfix's owner_request_special, which is on by default.</summary>
    private static bool IsListAddress(ReadOnlySpan<char> localPart) =>
        localPart.StartsWith("owner-", StringComparison.OrdinalIgnoreCase)
        || (localPart.Length > "-request".Length && localPart.EndsWith("-request", StringComparison.OrdinalIgnoreCase));

    private static bool Is(ReadOnlySpan<char> localPart, string name) => localPart.Equals(name, StringComparison.OrdinalIgnoreCase);
}
