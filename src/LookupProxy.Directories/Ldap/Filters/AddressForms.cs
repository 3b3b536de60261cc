using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>
/// All the ways in which a directory may have written an address: the local part quoted as RFC 5321 has it or bare,
/// the domain as A-label or as U-label. One form for nearly every address.
/// </summary>
internal static class AddressForms
{
    public static ImmutableArray<AddressForm> Of(Address address)
    {
        var mailbox = address.ToMailbox();
        if (ReferenceEquals(mailbox, address.Text) && !DomainName.HasUnicode(address.Domain))
            return [new AddressForm(address.LocalPart, address.Domain)];

        var domain = address.Domain.ToString();
        var unicode = DomainName.ToUnicode(domain);
        var local = address.LocalPart.ToString();
        var quoted = mailbox[..^(domain.Length + 1)];

        var forms = ImmutableArray.CreateBuilder<AddressForm>(1);
        Add(quoted);
        if (quoted != local)
            Add(local);
        return forms.DrainToImmutable();

        void Add(string localPart)
        {
            forms.Add(new AddressForm(localPart, domain));
            if (unicode != domain)
                forms.Add(new AddressForm(localPart, unicode));
        }
    }
}
