using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Resolution.Federation;

namespace LookupProxy.Resolution.Caching;

/// <summary>The cache's key: the namespace, a line feed (in no name and no address), the address in its canonical form.</summary>
internal static class SheetKey
{
    /// <summary>Room for a namespace's name of usual length and the longest address.</summary>
    public const int UsualLength = 384;

    public static string Of(NamespaceState ns, Address canonical) => string.Concat(ns.Name, "\n", canonical.Text);

    /// <summary>The address in its canonical form, a new object each time.</summary>
    public static Address AddressOf(NamespaceState ns, string key) => Address.OfNormal(AddressIn(key, ns));

    /// <summary>Whether the address is in its canonical form and the key is its own.</summary>
    public static bool IsOf(string key, NamespaceState ns, Address address) => AddressIn(key, ns).SequenceEqual(address.Text);

    public static int LengthOf(in DomainEntry entry, ReadOnlySpan<char> localPart) =>
        entry.Namespace.Name.Length + 1 + localPart.Length + 1 + entry.Domain.Length;

    /// <summary>Writes the key of an address without making a string of it. Its local part must be ASCII unless case counts: see <see cref="Canonical"/>.</summary>
    public static ReadOnlySpan<char> Write(Span<char> into, in DomainEntry entry, ReadOnlySpan<char> localPart)
    {
        var name = entry.Namespace.Name;
        name.CopyTo(into);
        into[name.Length] = '\n';
        var local = into.Slice(name.Length + 1, localPart.Length);
        if (entry.Namespace.CaseSensitive)
            localPart.CopyTo(local);
        else
            Ascii.ToLower(localPart, local, out _);
        var at = name.Length + 1 + localPart.Length;
        into[at] = '@';
        entry.Domain.CopyTo(into[(at + 1)..]);
        return into[..(at + 1 + entry.Domain.Length)];
    }

    /// <summary>The address as directories are asked for it: in the domain that an alias stands for, folded unless case counts.</summary>
    public static Address Canonical(in DomainEntry entry, Address address)
    {
        var inDomain = address.Domain.SequenceEqual(entry.Domain) ? address : address.WithDomain(entry.Domain);
        return entry.Namespace.CaseSensitive ? inDomain : inDomain.Fold();
    }

    private static ReadOnlySpan<char> AddressIn(string key, NamespaceState ns) => key.AsSpan(ns.Name.Length + 1);
}
