using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Core.Addresses;

public static class AddressParser
{
    public static AddressFault TryParse(ReadOnlySpan<char> text, AddressSyntax syntax, [NotNullWhen(true)] out Address? address) =>
        throw new NotSupportedException($"{syntax} {text.Length}");
}
