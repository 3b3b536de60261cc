using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Packing;

/// <summary>What addresses are compared by in a table.</summary>
public static class AddressKey
{
    /// <summary>Octets of the longest key.</summary>
    public const int MaxLength = 512;

    public static string Of(Address address, bool caseSensitive)
    {
        if (caseSensitive)
            return address.Text;
        var folded = address.Fold().Text;
        // Through capitals: the final sigma, the long s and their like have no lower case of their own and stand for the same letter.
        return Ascii.IsValid(folded) ? folded : folded.ToUpperInvariant().ToLowerInvariant();
    }

    /// <summary>As <see cref="Of"/>, but for ASCII as it is written: a table without regard to case finds it all the same, and nothing is lost.</summary>
    public static string AsWritten(Address address, bool caseSensitive) => Ascii.IsValid(address.Text) ? address.Text : Of(address, caseSensitive);

    /// <summary>The key as octets. Empty when there is no room for it: no table has such a key.</summary>
    public static ReadOnlySpan<byte> Octets(string key, Span<byte> buffer) =>
        Encoding.UTF8.TryGetBytes(key, buffer, out var length) ? buffer[..length] : default;
}
