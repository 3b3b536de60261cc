using System.Text;
using LookupProxy.Core.Addresses.Unicode;

namespace LookupProxy.Core.Addresses;

/// <summary>
/// An RFC 5321 mailbox, parsed once by <see cref="AddressParser"/> and value-equal.
/// The local part is held unquoted, in NFC and its case as written; the domain is held as lower-case A-labels (RFC 5890) without a trailing dot.
/// </summary>
public sealed class Address : IEquatable<Address>
{
    private readonly int _at;

    private Address(string text, int at)
    {
        Text = text;
        _at = at;
    }

    /// <summary>Local part, "@", domain. No domain holds an "@", so the last one separates them. Not RFC 5321 syntax: see <see cref="ToMailbox"/>.</summary>
    public string Text { get; }

    public ReadOnlySpan<char> LocalPart => Text.AsSpan(0, _at);

    public ReadOnlySpan<char> Domain => Text.AsSpan(_at + 1);

    /// <summary>Always a recipient, in any case (RFC 5321 4.5.1).</summary>
    public bool IsPostmaster => LocalPart.Equals("postmaster", StringComparison.OrdinalIgnoreCase);

    /// <summary>The same address with its local part in lower case; itself when it is so already. The final sigma stays apart from the other.</summary>
    public Address Fold()
    {
        var folded = Text.ToLowerInvariant();
        if (ReferenceEquals(folded, Text))
            return this;
        // Lower case may compose where upper case did not.
        folded = NormalForm.ToNfc(folded);
        return new Address(folded, folded.LastIndexOf('@'));
    }

    /// <param name="localPart">Unquoted, in NFC, not empty.</param>
    public Address WithLocalPart(ReadOnlySpan<char> localPart) => new(string.Concat(localPart, Text.AsSpan(_at)), localPart.Length);

    /// <param name="domain">Lower-case A-labels: see <see cref="DomainName"/>.</param>
    public Address WithDomain(ReadOnlySpan<char> domain) => new(string.Concat(Text.AsSpan(0, _at + 1), domain), _at);

    /// <summary>RFC 5321 Mailbox: the local part is quoted where it is no dot-string.</summary>
    public string ToMailbox()
    {
        if (!LocalPartText.NeedsQuotes(LocalPart))
            return Text;
        var text = new StringBuilder(Text.Length + 8);
        LocalPartText.AppendQuoted(text, LocalPart);
        return text.Append(Text, _at, Text.Length - _at).ToString();
    }

    public bool Equals(Address? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    public override string ToString() => Text;

    /// <summary>The address whose <see cref="Text"/> this was.</summary>
    public static Address OfNormal(ReadOnlySpan<char> text) => FromNormal(text, text.LastIndexOf('@'));

    /// <summary>Builds from a whole that is already normal; <paramref name="at"/> is where its last "@" stands.</summary>
    internal static Address FromNormal(ReadOnlySpan<char> text, int at) => new(text.ToString(), at);
}
