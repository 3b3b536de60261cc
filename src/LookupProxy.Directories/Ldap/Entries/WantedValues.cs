using System.Collections.Immutable;
using System.Text;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>The values that an entry must hold one of if it matched an address.</summary>
internal readonly struct WantedValues
{
    private readonly Wanted[] _all;

    public WantedValues(ImmutableArray<AssertedValue> asserted, ImmutableArray<AddressForm> forms)
    {
        _all = new Wanted[asserted.Length * forms.Length];
        var count = 0;
        foreach (var (attribute, template) in asserted)
        {
            foreach (var form in forms)
            {
                var octets = template.Fill(form);
                _all[count++] = new(attribute, octets, Ascii.IsValid(octets.Span) ? null : EntryAttributes.ToText(octets));
            }
        }
    }

    /// <summary>
    /// False proves nothing: the attribute may be searchable and not readable, and the server's matching rule may be wider than ours
    /// (accents, white space).
    /// </summary>
    public bool AreShownBy(SearchResultEntry entry)
    {
        foreach (var wanted in _all)
        {
            foreach (var held in entry.Values(wanted.Attribute))
            {
                if (wanted.IsSame(held))
                    return true;
            }
        }

        return false;
    }

    /// <param name="Text">Where it is not ASCII alone.</param>
    private readonly record struct Wanted(string Attribute, ReadOnlyMemory<byte> Octets, string? Text)
    {
        public bool IsSame(ReadOnlyMemory<byte> held) =>
            (held.Length == Octets.Length && Ascii.EqualsIgnoreCase(held.Span, Octets.Span))
            || (Text is not null && string.Equals(EntryAttributes.ToText(held), Text, StringComparison.OrdinalIgnoreCase));
    }
}
