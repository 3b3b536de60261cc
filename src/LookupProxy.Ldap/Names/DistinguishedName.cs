using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Ldap.Names;

/// <summary>
/// A name of RFC 4514, equal to all other spellings of it: case, insignificant spaces, escapes, the order within an RDN and the well-known
/// OIDs of attribute types do not count. Every value is compared as a caseIgnoreMatch string, as directories do for names of people and places.
/// </summary>
public sealed class DistinguishedName : IEquatable<DistinguishedName>
{
    private readonly ImmutableArray<string> _normalised;

    internal DistinguishedName(ImmutableArray<RelativeName> rdns)
    {
        Rdns = rdns;
        _normalised = ImmutableArray.CreateRange(rdns, static rdn => rdn.Normalise());
    }

    /// <summary>The name of no component: the rootDSE, and above every other.</summary>
    public static DistinguishedName Root { get; } = new([]);

    /// <summary>From the entry upwards: <c>cn=anna</c> before <c>dc=example</c>.</summary>
    public ImmutableArray<RelativeName> Rdns { get; }

    public bool IsRoot => Rdns.IsEmpty;

    /// <summary>Takes the text of RFC 4514, and RFC 2253's quotes, semicolons and spaces.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out DistinguishedName? name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new NameParser(text).TryParse(out name);
    }

    /// <summary>Whether this is <paramref name="other"/> or lies somewhere below it.</summary>
    public bool IsUnder(DistinguishedName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var above = _normalised.Length - other._normalised.Length;
        return above >= 0 && _normalised.AsSpan()[above..].SequenceEqual(other._normalised.AsSpan());
    }

    public bool Equals(DistinguishedName? other) => other is not null && _normalised.AsSpan().SequenceEqual(other._normalised.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as DistinguishedName);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var rdn in _normalised)
            hash.Add(rdn, StringComparer.Ordinal);
        return hash.ToHashCode();
    }

    /// <summary>The normalised text, the same for all equal names.</summary>
    public override string ToString() => string.Join(',', _normalised);
}
