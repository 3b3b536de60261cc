using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>
/// A gateway that copies the list takes whoever it does not find there for nobody: each entry tells all the addresses of its recipient, in whichever attribute
/// its directory keeps them.
/// </summary>
internal static class ListedAddresses
{
    private const string ProxyAddresses = "proxyAddresses";
    private const string LocalAddresses = "mailLocalAddress";

    /// <param name="addresses">Those that the client may be told; the first one names the entry.</param>
    public static Recipient Put(Recipient recipient, ImmutableArray<Address> addresses)
    {
        if (addresses.Length < 2)
            return recipient;
        var attributes = new Dictionary<string, ImmutableArray<string>>(recipient.Attributes, StringComparer.OrdinalIgnoreCase);
        var proxies = attributes.TryGetValue(ProxyAddresses, out var given) ? given.ToBuilder() : ImmutableArray.CreateBuilder<string>();
        foreach (var address in addresses)
            Add(proxies, address.Text.Equals(recipient.PrimaryAddress, StringComparison.OrdinalIgnoreCase) ? "SMTP:" + address.Text : "smtp:" + address.Text);
        attributes[ProxyAddresses] = proxies.DrainToImmutable();
        attributes[LocalAddresses] = [.. addresses.Select(static address => address.Text)];
        return recipient with { Attributes = AttributeDictionary.Of(attributes) };
    }

    private static void Add(ImmutableArray<string>.Builder values, string value)
    {
        if (!values.Contains(value, StringComparer.OrdinalIgnoreCase))
            values.Add(value);
    }
}
