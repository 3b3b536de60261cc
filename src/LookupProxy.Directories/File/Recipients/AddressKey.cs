using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>What addresses are compared by in a file.</summary>
internal static class AddressKey
{
    public static string Of(Address address, bool caseSensitive)
    {
        if (caseSensitive)
            return address.Text;
        var folded = address.Fold().Text;
        // Through capitals: the final sigma, the long s and their like have no lower case of their own and stand for the same letter.
        return Ascii.IsValid(folded) ? folded : folded.ToUpperInvariant().ToLowerInvariant();
    }
}
