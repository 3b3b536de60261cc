using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Listing;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>
/// From an entry to the recipient that a live question would find: with all addresses for which the schema's filter would match it. Values that stand
/// for a local part alone are left out: which domains they are good for is not the directory's knowledge.
/// </summary>
internal sealed class ListedEntryReader(LdapSchema schema, RecipientReader recipients, ImmutableArray<AssertedValue> asserted)
{
    /// <summary>Whether the filter can be turned round at all.</summary>
    public bool FindsAddresses => asserted.Any(static value => value.Value.Holds is Placeholder.Address or Placeholder.Domain);

    /// <returns>Null when it is no recipient: it holds no address, or is disabled where that counts.</returns>
    public ListedRecipient? Read(SearchResultEntry entry, string id)
    {
        if (!schema.DisabledExists && recipients.IsDisabled(entry))
            return null;
        var addresses = ImmutableArray.CreateBuilder<Address>();
        ImmutableArray<string>.Builder? domains = null;
        foreach (var (attribute, template) in asserted)
        {
            foreach (var value in entry.Values(attribute))
            {
                if (!template.TryTurnRound(value, out var held))
                    continue;
                if (template.Holds is Placeholder.Address)
                    AddAddress(addresses, held.Span);
                else if (template.Holds is Placeholder.Domain && DomainOf(held) is { } domain && domains?.Contains(domain) is not true)
                    (domains ??= ImmutableArray.CreateBuilder<string>()).Add(domain);
            }
        }

        if (addresses.Count == 0 && domains is null)
            return null;
        var recipient = recipients.Read(entry);
        PutFirst(addresses, recipient.PrimaryAddress);
        return new ListedRecipient(id, addresses.DrainToImmutable(), recipient) { Domains = domains?.ToImmutable() ?? [] };
    }

    /// <summary>A local part that should be quoted may stand bare: a live question asks for both.</summary>
    private static void AddAddress(ImmutableArray<Address>.Builder addresses, ReadOnlySpan<byte> text)
    {
        if (AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address) != AddressFault.None
            && AddressParser.TryParse(text, AddressSyntax.Unquoted, out address) != AddressFault.None)
            return;
        foreach (var known in addresses)
        {
            if (IsSame(known, address!))
                return;
        }

        addresses.Add(address!);
    }

    private static void PutFirst(ImmutableArray<Address>.Builder addresses, string? primary)
    {
        if (primary is null)
            return;
        for (var i = 1; i < addresses.Count; i++)
        {
            if (!addresses[i].Text.Equals(primary, StringComparison.OrdinalIgnoreCase))
                continue;
            var first = addresses[i];
            addresses.RemoveAt(i);
            addresses.Insert(0, first);
            return;
        }
    }

    private static string? DomainOf(ReadOnlyMemory<byte> held) =>
        EntryAttributes.ToText(held) is { } text && DomainName.TryNormalize(text, out var domain) ? domain : null;

    private static bool IsSame(Address left, Address right) => left.Text.Equals(right.Text, StringComparison.OrdinalIgnoreCase);
}
