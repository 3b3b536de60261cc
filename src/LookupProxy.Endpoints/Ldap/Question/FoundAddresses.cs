using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Endpoints.Ldap.Question;

/// <summary>Distinct addresses in the order found; case counts, as it does in some namespaces. One, the usual number, needs no list.</summary>
internal struct FoundAddresses
{
    private Address? _first;
    private List<Address>? _more;

    public readonly int Count => _first is null ? 0 : 1 + (_more?.Count ?? 0);

    /// <summary>Whether it is there as it would be written again: spares reading it a second time.</summary>
    public readonly bool Has(ReadOnlySpan<byte> text)
    {
        if (_first is null)
            return false;
        if (Ascii.Equals(text, _first.Text))
            return true;
        if (_more is null)
            return false;
        foreach (var address in _more)
        {
            if (Ascii.Equals(text, address.Text))
                return true;
        }

        return false;
    }

    public void Add(Address address)
    {
        if (_first is null)
            _first = address;
        else if (!_first.Equals(address) && _more?.Contains(address) != true)
            (_more ??= []).Add(address);
    }

    public readonly ImmutableArray<Address> ToImmutable()
    {
        if (_first is null)
            return [];
        return _more is null ? [_first] : WithoutCatchAllKeys([_first, .. _more]);
    }

    /// <summary>
    /// qmail-ldap asks for <c>catchall@domain</c> beside the recipient: a key of the domain, not a second recipient.
    /// Whether a domain takes all is for its directories' filters to say. Alone it is an address like others.
    /// </summary>
    private static ImmutableArray<Address> WithoutCatchAllKeys(Address[] found) =>
        [.. found.Where(address => !IsCatchAll(address) || !Array.Exists(found, other => !IsCatchAll(other) && other.Domain.SequenceEqual(address.Domain)))];

    private static bool IsCatchAll(Address address) => address.LocalPart.Equals("catchall", StringComparison.OrdinalIgnoreCase);
}
