using System.Globalization;
using System.Text;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Endpoints.Tests.Ldap.Entries;

/// <summary>
/// The reference: evaluates a filter over the entry as a client would receive it, with null for Undefined, and without a thought for speed.
/// ASCII only; of objectCategory it knows DNs alone.
/// </summary>
internal sealed class NaiveEvaluator(SearchResultEntry entry, string asked, string[] known)
{
    private static readonly string[] s_elsewhere = ["memberof", "member"];
    private static readonly string[] s_localPart = ["uid", "cn"];
    private static readonly string[] s_plain = ["mail", "uid", "cn"];
    private static readonly string[] s_schemes = ["smtp$", "smtp:", "sip:"];
    private static readonly string[] s_names = ["memberof", "distinguishedname"];
    private static readonly string[] s_numbers = ["useraccountcontrol"];

    private readonly Dictionary<string, string[]> _values = entry.Attributes.ToDictionary(
        static attribute => attribute.Description.ToLowerInvariant(),
        static attribute => attribute.Values.Select(static value => Encoding.UTF8.GetString(value.Span)).ToArray());

    public bool? Evaluate(LdapFilter filter) => filter switch
    {
        LdapFilter.And and => and.Operands.Select(Evaluate).Aggregate((bool?)true, static (all, one) => all & one),
        LdapFilter.Or or => or.Operands.Select(Evaluate).Aggregate((bool?)false, static (any, one) => any | one),
        LdapFilter.Not not => !Evaluate(not.Operand),
        LdapFilter.Present present => Values(present.Attribute) is { } values ? values.Length > 0 : null,
        LdapFilter.Equality equality => Equal(equality.Attribute, Text(equality.Value)),
        LdapFilter.Approximate approximate => Equal(approximate.Attribute, Text(approximate.Value)),
        LdapFilter.GreaterOrEqual greater => Order(greater.Attribute, Text(greater.Value), static sign => sign >= 0),
        LdapFilter.LessOrEqual less => Order(less.Attribute, Text(less.Value), static sign => sign <= 0),
        LdapFilter.Extensible { MatchingRule: "1.2.840.113556.1.4.803", Attribute: { } attribute } bits => Bits(attribute, Text(bits.Value), static (value, mask) => (value & mask) == mask),
        LdapFilter.Extensible { MatchingRule: "1.2.840.113556.1.4.804", Attribute: { } attribute } bits => Bits(attribute, Text(bits.Value), static (value, mask) => (value & mask) != 0),
        LdapFilter.Substrings substrings => Like(substrings),
        _ => null,
    };

    private bool? Equal(string attribute, string assertion)
    {
        var type = attribute.ToLowerInvariant();
        var bare = assertion.Trim().ToLowerInvariant();
        foreach (var scheme in s_plain.Contains(type) ? [] : s_schemes)
            bare = bare.StartsWith(scheme, StringComparison.Ordinal) ? bare[scheme.Length..] : bare;
        if (!s_elsewhere.Contains(type) && bare == asked)
            return true;
        if (s_localPart.Contains(type) && Same(assertion, asked[..asked.IndexOf('@')]))
            return true;
        if (Values(type) is not { } values)
            return null;
        if (s_numbers.Contains(type))
            return TryNumber(assertion, out var number) ? values.Any(value => TryNumber(value, out var own) && own == number) : null;
        if (s_names.Contains(type))
            return DistinguishedName.TryParse(assertion, out var name) ? values.Any(value => DistinguishedName.TryParse(value, out var own) && own.Equals(name)) : null;
        return assertion.Length == 0 && values.Length > 0 ? null : values.Any(value => Same(value, assertion));
    }

    private bool? Order(string attribute, string assertion, Func<int, bool> holds)
    {
        var type = attribute.ToLowerInvariant();
        if (Values(type) is not { } values || s_names.Contains(type))
            return null;
        if (s_numbers.Contains(type))
            return TryNumber(assertion, out var number) ? values.Any(value => TryNumber(value, out var own) && holds(own.CompareTo(number))) : null;
        return assertion.Length == 0 ? null : values.Any(value => holds(string.CompareOrdinal(value.Trim().ToUpperInvariant(), assertion.Trim().ToUpperInvariant())));
    }

    private bool? Bits(string attribute, string assertion, Func<long, long, bool> holds) =>
        s_numbers.Contains(attribute.ToLowerInvariant()) && TryNumber(assertion, out var mask) && Values(attribute) is { } values
            ? values.Any(value => TryNumber(value, out var own) && holds(own, mask))
            : null;

    private bool? Like(LdapFilter.Substrings filter)
    {
        var type = filter.Attribute.ToLowerInvariant();
        if (Values(type) is not { } values || s_numbers.Contains(type) || s_names.Contains(type))
            return null;
        var pattern = "^"
            + (filter.Initial is { } initial ? System.Text.RegularExpressions.Regex.Escape(Text(initial)) : "") + ".*"
            + string.Concat(filter.Any.Select(static piece => System.Text.RegularExpressions.Regex.Escape(Text(piece)) + ".*"))
            + (filter.Final is { } final ? System.Text.RegularExpressions.Regex.Escape(Text(final)) : "") + "$";
        return values.Any(value => System.Text.RegularExpressions.Regex.IsMatch(
            value, pattern, System.Text.RegularExpressions.RegexOptions.IgnoreCase | System.Text.RegularExpressions.RegexOptions.CultureInvariant, TimeSpan.FromSeconds(5)));
    }

    /// <summary>Null when nobody knows the attribute.</summary>
    private string[]? Values(string attribute)
    {
        var type = attribute.ToLowerInvariant();
        return _values.TryGetValue(type, out var values) ? values : known.Contains(type) ? [] : null;
    }

    private static bool Same(string one, string other) => one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    private static bool TryNumber(string text, out long number) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
