using System.Collections.Immutable;

namespace LookupProxy.Ldap.Filters;

/// <summary>The assertions that a filter is made of.</summary>
public static class FilterItems
{
    public static IEnumerable<LdapFilter> Of(LdapFilter filter) => filter switch
    {
        LdapFilter.And and => and.Operands.SelectMany(Of),
        LdapFilter.Or or => or.Operands.SelectMany(Of),
        LdapFilter.Not not => Of(not.Operand),
        _ => [filter],
    };

    /// <summary>Whether a filter asks for membership through nested groups (MS-ADTS 3.1.1.3.4.4.3), told by this attribute.</summary>
    public static bool AsksForNested(LdapFilter filter, string attribute) =>
        Of(filter).Any(item => IsNested(item) && AttributeOf(item) is { } named && WithoutOptions(named).Equals(attribute, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an assertion is about membership through nested groups.</summary>
    public static bool IsNested(LdapFilter item) => item is LdapFilter.Extensible { MatchingRule: Oids.TransitiveEvaluation };

    /// <summary>The attribute that an assertion is about, with its options; null when it names none.</summary>
    public static string? AttributeOf(LdapFilter item) => item switch
    {
        LdapFilter.Equality equality => equality.Attribute,
        LdapFilter.Approximate approximate => approximate.Attribute,
        LdapFilter.Present present => present.Attribute,
        LdapFilter.Substrings substrings => substrings.Attribute,
        LdapFilter.GreaterOrEqual greater => greater.Attribute,
        LdapFilter.LessOrEqual less => less.Attribute,
        LdapFilter.Extensible extensible => extensible.Attribute,
        _ => null,
    };

    /// <summary>The attributes, without options, that a filter asserts something of.</summary>
    public static IEnumerable<string> AttributesOf(LdapFilter filter) => Of(filter).Select(AttributeOf).OfType<string>().Select(WithoutOptions);

    /// <summary>The filter with other names for its attributes; itself where none differs by more than case.</summary>
    /// <param name="nameOf">Gives the name for a name, without options.</param>
    public static LdapFilter Rename(LdapFilter filter, Func<string, string> nameOf)
    {
        switch (filter)
        {
            case LdapFilter.And and:
                return Rename(and.Operands, nameOf) is { IsDefault: false } all ? new LdapFilter.And(all) : filter;
            case LdapFilter.Or or:
                return Rename(or.Operands, nameOf) is { IsDefault: false } some ? new LdapFilter.Or(some) : filter;
            case LdapFilter.Not not:
                var operand = Rename(not.Operand, nameOf);
                return ReferenceEquals(operand, not.Operand) ? filter : new LdapFilter.Not(operand);
        }

        if (AttributeOf(filter) is not { } description)
            return filter;
        var name = WithoutOptions(description);
        var other = nameOf(name);
        return other.Equals(name, StringComparison.OrdinalIgnoreCase) ? filter : WithAttribute(filter, other + description[name.Length..]);
    }

    /// <summary>The attribute's name (RFC 4512 2.5): without options.</summary>
    public static string WithoutOptions(string description) =>
        description.IndexOf(';', StringComparison.Ordinal) is var end and > 0 ? description[..end] : description;

    /// <summary>Default where nothing changes.</summary>
    private static ImmutableArray<LdapFilter> Rename(ImmutableArray<LdapFilter> operands, Func<string, string> nameOf)
    {
        ImmutableArray<LdapFilter>.Builder? renamed = null;
        for (var i = 0; i < operands.Length; i++)
        {
            var operand = Rename(operands[i], nameOf);
            if (ReferenceEquals(operand, operands[i]))
                continue;
            renamed ??= operands.ToBuilder();
            renamed[i] = operand;
        }

        return renamed is null ? default : renamed.DrainToImmutable();
    }

    private static LdapFilter WithAttribute(LdapFilter item, string description) => item switch
    {
        LdapFilter.Equality equality => equality with { Attribute = description },
        LdapFilter.Approximate approximate => approximate with { Attribute = description },
        LdapFilter.Present => new LdapFilter.Present(description),
        LdapFilter.Substrings substrings => substrings with { Attribute = description },
        LdapFilter.GreaterOrEqual greater => greater with { Attribute = description },
        LdapFilter.LessOrEqual less => less with { Attribute = description },
        LdapFilter.Extensible extensible => extensible with { Attribute = description },
        _ => item,
    };
}
