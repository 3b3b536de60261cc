using System.Collections.Immutable;

namespace LookupProxy.Ldap.Filters;

/// <summary>RFC 4511 4.5.1.7. Assertion values are octets, already unescaped.</summary>
public abstract record LdapFilter
{
    private LdapFilter()
    {
    }

    /// <summary>Every entry has an object class (RFC 4512 2.4.2).</summary>
    public static LdapFilter Anything { get; } = new Present("objectClass");

    public sealed record And(ImmutableArray<LdapFilter> Operands) : LdapFilter;

    public sealed record Or(ImmutableArray<LdapFilter> Operands) : LdapFilter;

    public sealed record Not(LdapFilter Operand) : LdapFilter;

    public sealed record Equality(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record Substrings(string Attribute, ReadOnlyMemory<byte>? Initial, ImmutableArray<ReadOnlyMemory<byte>> Any, ReadOnlyMemory<byte>? Final) : LdapFilter;

    public sealed record GreaterOrEqual(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record LessOrEqual(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record Present(string Attribute) : LdapFilter;

    public sealed record Approximate(string Attribute, ReadOnlyMemory<byte> Value) : LdapFilter;

    public sealed record Extensible(string? MatchingRule, string? Attribute, ReadOnlyMemory<byte> Value, bool DnAttributes) : LdapFilter;

    /// <summary>A choice that is none of RFC 4511's, by its tag. It matches and mismatches nothing (three-valued logic).</summary>
    public sealed record Undefined(byte Tag) : LdapFilter;
}
