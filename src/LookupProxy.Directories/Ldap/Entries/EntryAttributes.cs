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

    public static AttributeValues Values(this SearchResultEntry entry, string name) => new(entry.Attributes, name);

    /// <summary>The values that are UTF-8 text.</summary>
    public static AttributeTexts Texts(this SearchResultEntry entry, string name) => new(entry.Values(name));

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
}
