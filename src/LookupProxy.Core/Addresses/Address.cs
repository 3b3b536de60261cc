namespace LookupProxy.Core.Addresses;

/// <summary>
/// An RFC 5321 mailbox, parsed once by <see cref="AddressParser"/> and value-equal.
/// The local part is held unquoted and as it was written; the domain is held as a lower-case A-label (RFC 5890) without a trailing dot.
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

    /// <summary>Builds from parts that are already normal: <paramref name="domain"/> a lower-case A-label, <paramref name="localPart"/> unquoted.</summary>
    internal static Address FromNormal(ReadOnlySpan<char> localPart, ReadOnlySpan<char> domain) =>
        new(string.Concat(localPart, "@", domain), localPart.Length);

    /// <summary>The same address with its local part in lower case; itself when it is so already.</summary>
    public Address Fold()
    {
        if (!LocalPart.ContainsAnyExceptInRange('\0', '@') || IsFolded(LocalPart))
            return this;
        return new Address(string.Concat(LocalPart.ToString().ToLowerInvariant(), Text.AsSpan(_at)), _at);
    }

    public Address WithLocalPart(ReadOnlySpan<char> localPart) => FromNormal(localPart, Domain);

    /// <param name="domain">A lower-case A-label.</param>
    public Address WithDomain(ReadOnlySpan<char> domain) => FromNormal(LocalPart, domain);

    /// <summary>RFC 5321 Mailbox: the local part is quoted where it is no dot-string.</summary>
    public string ToMailbox() => throw new NotSupportedException();

    public bool Equals(Address? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => string.GetHashCode(Text, StringComparison.Ordinal);

    public override string ToString() => Text;

    private static bool IsFolded(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.ToLowerInvariant(c) != c)
                return false;
        }

        return true;
    }
}
