using System.Text;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>
/// Reading an entry's attributes by their name without options (RFC 4512 2.5): AD sends a long list as "proxyAddresses;range=0-1499",
/// others tag a language.
/// </summary>
internal static class EntryAttributes
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static IEnumerable<ReadOnlyMemory<byte>> Values(this SearchResultEntry entry, string name)
    {
        foreach (var attribute in entry.Attributes)
        {
            if (!NameOf(attribute.Description).Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            foreach (var value in attribute.Values)
                yield return value;
        }
    }

    /// <summary>The values that are UTF-8 text.</summary>
    public static IEnumerable<string> Texts(this SearchResultEntry entry, string name)
    {
        foreach (var value in entry.Values(name))
        {
            if (ToText(value) is { } text)
                yield return text;
        }
    }

    /// <returns>Null when the octets are no UTF-8 or hold a NUL, which no text attribute does.</returns>
    public static string? ToText(ReadOnlyMemory<byte> value)
    {
        if (value.Span.Contains((byte)0))
            return null;
        try
        {
            return _strict.GetString(value.Span);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ReadOnlySpan<char> NameOf(string description)
    {
        var options = description.IndexOf(';');
        return options < 0 ? description : description.AsSpan(0, options);
    }
}
