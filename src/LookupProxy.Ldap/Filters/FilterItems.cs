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

    /// <summary>The attribute's name (RFC 4512 2.5): without options.</summary>
    public static string WithoutOptions(string description) =>
        description.IndexOf(';', StringComparison.Ordinal) is var end and > 0 ? description[..end] : description;
}
