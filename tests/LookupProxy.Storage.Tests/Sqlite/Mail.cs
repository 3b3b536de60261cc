using LookupProxy.Core.Addresses;

namespace LookupProxy.Storage.Tests.Sqlite;

internal static class Mail
{
    public static Address Of(string text) =>
        AddressParser.TryParse(text, AddressSyntax.Unquoted, out var address) == AddressFault.None ? address! : throw new ArgumentException(text, nameof(text));
}
