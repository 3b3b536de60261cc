using System.Collections.Immutable;
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
                var wanted = EntryAttributes.ToText(template.Fill(form));
                if (entry.Texts(attribute).Any(held => string.Equals(held, wanted, StringComparison.OrdinalIgnoreCase)))
                    return true;
            }
        }

        return false;
    }
}
