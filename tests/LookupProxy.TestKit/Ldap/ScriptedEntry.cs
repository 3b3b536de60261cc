using System.Collections.Immutable;
using System.Text;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

public static class ScriptedEntry
{
    /// <summary>Attributes that are named several times have several values.</summary>
    public static SearchResultEntry Create(string dn, params (string Name, string Value)[] attributes) => new(
        dn,
        [
            .. attributes
                .GroupBy(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase)
                .Select(group => new LdapAttribute(group.Key, [.. group.Select(pair => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(pair.Value))])),
        ]);

    public static SearchResultEntry With(this SearchResultEntry entry, string name, params byte[][] values) =>
        entry with { Attributes = entry.Attributes.Add(new LdapAttribute(name, [.. values.Select(static value => (ReadOnlyMemory<byte>)value)])) };

    /// <summary>What a search that asks for <paramref name="attributes"/> gets of it (RFC 4511 4.5.1.8).</summary>
    public static SearchResultEntry Select(SearchResultEntry entry, ImmutableArray<string> attributes, bool typesOnly)
    {
        var kept = attributes.IsDefaultOrEmpty || attributes.Contains("*")
            ? entry.Attributes
            : [.. entry.Attributes.Where(attribute => attributes.Contains(attribute.Description, StringComparer.OrdinalIgnoreCase))];
        return entry with { Attributes = typesOnly ? [.. kept.Select(attribute => attribute with { Values = [] })] : kept };
    }
}
