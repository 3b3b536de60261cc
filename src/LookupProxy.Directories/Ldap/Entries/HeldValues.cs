using System.Collections.Immutable;
using System.Text;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

/// <summary>Whether an entry shows the value by which it must have matched.</summary>
internal static class HeldValues
{
    /// <summary>
    /// False proves nothing: the attribute may be searchable and not readable, and the server's matching rule may be wider than ours
    /// (accents, white space).
    /// </summary>
    public static bool Show(SearchResultEntry entry, ImmutableArray<AssertedValue> asserted, ImmutableArray<AddressForm> forms)
    {
        foreach (var (attribute, template) in asserted)
        {
            foreach (var form in forms)
            {
                var wanted = template.Fill(form);
                foreach (var held in entry.Values(attribute))
                {
                    if (IsSame(held, wanted))
                        return true;
                }
            }
        }

        return false;
    }

    private static bool IsSame(ReadOnlyMemory<byte> held, ReadOnlyMemory<byte> wanted) =>
        Ascii.EqualsIgnoreCase(held.Span, wanted.Span)
        || (!Ascii.IsValid(wanted.Span) && string.Equals(EntryAttributes.ToText(held), EntryAttributes.ToText(wanted), StringComparison.OrdinalIgnoreCase));
}
