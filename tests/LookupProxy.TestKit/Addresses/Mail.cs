using LookupProxy.Core.Addresses;

namespace LookupProxy.TestKit.Addresses;

public static class Mail
{
    /// <param name="mailbox">As RFC 5321 writes it.</param>
    public static Address Of(string mailbox) =>
        AddressParser.TryParse(mailbox, AddressSyntax.Mailbox, out var address) == AddressFault.None ? address! : throw new ArgumentException(mailbox, nameof(mailbox));
}
