using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Ldap.Entries;

/// <summary>Names of recipients' entries: <c>cn=anna@corp.example,o=lookupproxy</c>. No directory's name is in it, for a recipient may move.</summary>
internal sealed class EntryNames(string suffix)
{
    private static readonly SearchValues<char> s_special = SearchValues.Create(",+\"\\<>;=\0");

    private readonly DistinguishedName _suffix =
        DistinguishedName.TryParse(suffix, out var name) ? name : throw new ArgumentException($"'{suffix}' is no distinguished name.", nameof(suffix));

    public string Of(string address)
    {
        var needsEscape = address.AsSpan().ContainsAny(s_special) || address[0] is '#' or ' ' || address[^1] == ' ';
        return string.Concat("cn=", needsEscape ? Escape(address) : address, ",", suffix);
    }

    /// <summary>The address that a name of ours names: a client may read again what a search gave it.</summary>
    public bool TryReadAddress(DistinguishedName name, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        return name.Rdns.Length == _suffix.Rdns.Length + 1
            && name.IsUnder(_suffix)
            && name.Rdns[0].Attributes is [{ Type: var type, Value: var value }]
            && type.Equals("cn", StringComparison.OrdinalIgnoreCase)
            && AddressParser.TryParse(value, AddressSyntax.Unquoted, out address) == AddressFault.None;
    }

    /// <summary>RFC 4514 2.4.</summary>
    private static string Escape(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var character = value[i];
            if (character == '\0')
                text.Append(@"\00");
            else if (s_special.Contains(character) || (i == 0 && character is '#' or ' ') || (i == value.Length - 1 && character == ' '))
                text.Append('\\').Append(character);
            else
                text.Append(character);
        }

        return text.ToString();
    }
}
