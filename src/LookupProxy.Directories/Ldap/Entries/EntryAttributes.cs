using System.Text;
using System.Text.Unicode;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>
/// Reading an entry's attributes by their name without options (RFC 4512 2.5): AD sends a long list as "proxyAddresses;range=0-1499",
/// others tag a language.
/// </summary>
internal static class EntryAttributes
{
    public static AttributeValues Values(this SearchResultEntry entry, string name) => new(entry.Attributes, name);

    /// <summary>The values that are UTF-8 text.</summary>
    public static AttributeTexts Texts(this SearchResultEntry entry, string name) => new(entry.Values(name));

    /// <summary>False when the octets are no UTF-8 or hold a NUL, which no text attribute does.</summary>
    public static bool IsText(ReadOnlyMemory<byte> value) => Utf8.IsValid(value.Span) && !value.Span.Contains((byte)0);

    /// <returns>Null when it <see cref="IsText">is none</see>.</returns>
    public static string? ToText(ReadOnlyMemory<byte> value) => IsText(value) ? Encoding.UTF8.GetString(value.Span) : null;
}
