using System.Collections.Immutable;

namespace LookupProxy.Ldap.Filters;

/// <summary>One component without parentheses: <c>mail=a*</c>, <c>cn:dn:2.5.13.2:=x</c>.</summary>
internal static class FilterItem
{
    /// <param name="left">What stands before the first <c>=</c>.</param>
    /// <param name="nodes">Pieces of substrings are added to it.</param>
    public static LdapFilter? Parse(ReadOnlySpan<char> left, ReadOnlySpan<char> value, FilterTextOptions options, ref int nodes, out string? fault)
    {
        var sign = left.Length > 0 ? left[^1] : '\0';
        if (sign is not (':' or '~' or '>' or '<'))
            return ParseMatch(left, value, options, ref nodes, out fault);

        if (HasWildcard(value))
        {
            fault = "'*' in a value must be written \\2a here";
            return null;
        }

        if (!FilterValue.TryUnescape(value, options, out var octets, out fault))
            return null;
        left = left[..^1];
        if (sign == ':')
            return ParseExtensible(left, octets, out fault);
        if (!TryAttribute(left, out var attribute, out fault))
            return null;
        return sign switch
        {
            '~' => new LdapFilter.Approximate(attribute, octets),
            '>' => new LdapFilter.GreaterOrEqual(attribute, octets),
            _ => new LdapFilter.LessOrEqual(attribute, octets),
        };
    }

    /// <summary>Equality, presence or substrings, as there are asterisks in the value.</summary>
    private static LdapFilter? ParseMatch(ReadOnlySpan<char> left, ReadOnlySpan<char> value, FilterTextOptions options, ref int nodes, out string? fault)
    {
        if (!TryAttribute(left, out var attribute, out fault))
            return null;
        if (HasWildcard(value))
            return ParseSubstrings(attribute, value, options, ref nodes, out fault);
        return FilterValue.TryUnescape(value, options, out var octets, out fault) ? new LdapFilter.Equality(attribute, octets) : null;
    }

    /// <summary>An empty piece between two asterisks asks for nothing and is left out; with no piece at all the attribute need only be there.</summary>
    private static LdapFilter? ParseSubstrings(string attribute, ReadOnlySpan<char> value, FilterTextOptions options, ref int nodes, out string? fault)
    {
        ReadOnlyMemory<byte>? initial = null;
        var any = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>();
        for (var first = true; ; first = false)
        {
            var end = FilterValue.IndexOfWildcard(value);
            var last = end < 0;
            if (!FilterValue.TryUnescape(last ? value : value[..end], options, out var piece, out fault))
                return null;
            if (piece.Length > 0 && ++nodes > options.MaxNodes)
            {
                fault = $"more than {options.MaxNodes} components";
                return null;
            }

            if (last)
                return Substrings(attribute, initial, any.DrainToImmutable(), piece);
            if (piece.Length > 0 && first)
                initial = piece;
            else if (piece.Length > 0)
                any.Add(piece);
            value = value[(end + 1)..];
        }
    }

    private static LdapFilter Substrings(string attribute, ReadOnlyMemory<byte>? initial, ImmutableArray<ReadOnlyMemory<byte>> any, byte[] final)
    {
        if (final.Length > 0)
            return new LdapFilter.Substrings(attribute, initial, any, final);
        if (initial is null && any.Length == 0)
            return new LdapFilter.Present(attribute);
        return new LdapFilter.Substrings(attribute, initial, any, Final: null);
    }

    /// <summary><c>[attribute][:dn][:rule]</c>, of which attribute or rule must be there.</summary>
    private static LdapFilter.Extensible? ParseExtensible(ReadOnlySpan<char> left, byte[] value, out string? fault)
    {
        var colon = left.IndexOf(':');
        var attribute = (colon < 0 ? left : left[..colon]).Trim().ToString();
        var rest = colon < 0 ? [] : left[colon..];
        var dnAttributes = rest.Equals(":dn", StringComparison.OrdinalIgnoreCase) || rest.StartsWith(":dn:", StringComparison.OrdinalIgnoreCase);
        if (dnAttributes)
            rest = rest[3..];
        var rule = rest.Length > 0 ? rest[1..].ToString() : null;

        fault = null;
        if (attribute.Length == 0 && rule is null)
            fault = "an extensible match has neither attribute nor rule";
        else if (attribute.Length > 0 && !AttributeSyntax.IsDescription(attribute))
            fault = $"'{attribute}' is no attribute";
        else if (rule is not null && !AttributeSyntax.IsDescription(rule))
            fault = $"'{rule}' is no matching rule";
        return fault is null ? new LdapFilter.Extensible(rule, attribute.Length > 0 ? attribute : null, value, dnAttributes) : null;
    }

    private static bool TryAttribute(ReadOnlySpan<char> left, out string attribute, out string? fault)
    {
        attribute = left.Trim().ToString();
        fault = AttributeSyntax.IsDescription(attribute) ? null : $"'{attribute}' is no attribute";
        return fault is null;
    }

    private static bool HasWildcard(ReadOnlySpan<char> value) => FilterValue.IndexOfWildcard(value) >= 0;
}
