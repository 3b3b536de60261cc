using LookupProxy.Core.Addresses;

namespace LookupProxy.Host.Configuration.Values;

/// <summary>An address, folded as directories are asked for it.</summary>
internal sealed class Mailboxes : ScalarReader<Address>
{
    public static readonly Mailboxes Any = new();

    public override string Allowed => "an address";

    public override string Show(Address value) => value.ToMailbox();

    protected override string? Parse(string text, ReadScope scope, out Address value)
    {
        var fault = AddressParser.TryParse(text, AddressSyntax.Mailbox, out var address);
        value = address?.Fold()!;
        return fault == AddressFault.None ? null : "not an address";
    }
}
