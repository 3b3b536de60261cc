using System.Text;

namespace LookupProxy.Directories.Ldap.Filters;

/// <summary>One way to write an address, as UTF-8 octets for an assertion value.</summary>
internal sealed class AddressForm
{
    /// <summary>No entry can hold it: .invalid is nobody's (RFC 6761 6.4).</summary>
    public static AddressForm Impossible { get; } = new("no-such-recipient.lookupproxy", "nowhere.invalid");

    public AddressForm(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain)
    {
        var at = Encoding.UTF8.GetByteCount(localPart);
        var octets = new byte[at + 1 + Encoding.UTF8.GetByteCount(domain)];
        Encoding.UTF8.GetBytes(localPart, octets);
        octets[at] = (byte)'@';
        Encoding.UTF8.GetBytes(domain, octets.AsSpan(at + 1));
        Address = octets;
        Local = octets.AsMemory(0, at);
        Domain = octets.AsMemory(at + 1);
    }

    public ReadOnlyMemory<byte> Address { get; }

    public ReadOnlyMemory<byte> Local { get; }

    public ReadOnlyMemory<byte> Domain { get; }

    public ReadOnlyMemory<byte> this[Placeholder placeholder] => placeholder switch
    {
        Placeholder.Local => Local,
        Placeholder.Domain => Domain,
        _ => Address,
    };
}
