using System.Globalization;
using System.Text;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>Evaluates filters as text without regard to case, as the matching rules of mail attributes do.</summary>
internal static class ScriptedFilter
{
    public static bool Matches(LdapFilter filter, SearchResultEntry entry) => filter switch
    {
        LdapFilter.And and => and.Operands.All(operand => Matches(operand, entry)),
        LdapFilter.Or or => or.Operands.Any(operand => Matches(operand, entry)),
        LdapFilter.Not not => !Matches(not.Operand, entry),
        LdapFilter.Present present => Equals(present.Attribute, "objectClass") || Values(entry, present.Attribute).Any(),
        LdapFilter.Equality equality => Octets(entry, equality.Attribute).Any(value => value.Span.SequenceEqual(equality.Value.Span) || Equals(Text(value), Text(equality.Value))),
        LdapFilter.GreaterOrEqual limit => Values(entry, limit.Attribute).Any(value => Compare(value, Text(limit.Value)) >= 0),
        LdapFilter.LessOrEqual limit => Values(entry, limit.Attribute).Any(value => Compare(value, Text(limit.Value)) <= 0),
        LdapFilter.Approximate approximate => Values(entry, approximate.Attribute).Any(value => Equals(value, Text(approximate.Value))),
        LdapFilter.Substrings substrings => Values(entry, substrings.Attribute).Any(value => Matches(substrings, value)),
        _ => false,
    };

    private static bool Matches(LdapFilter.Substrings filter, string value)
    {
        var rest = value;
        if (filter.Initial is { } initial)
        {
            if (!rest.StartsWith(Text(initial), StringComparison.OrdinalIgnoreCase))
                return false;
            rest = rest[Text(initial).Length..];
        }

        foreach (var any in filter.Any)
        {
            var at = rest.IndexOf(Text(any), StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return false;
            rest = rest[(at + Text(any).Length)..];
        }

        return filter.Final is not { } final || rest.EndsWith(Text(final), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Values(SearchResultEntry entry, string attribute) => Octets(entry, attribute).Select(Text);

    private static IEnumerable<ReadOnlyMemory<byte>> Octets(SearchResultEntry entry, string attribute) => entry.Attributes
        .Where(candidate => Equals(candidate.Description, attribute))
        .SelectMany(candidate => candidate.Values);

    /// <summary>Numbers as numbers, all else, times too, as text.</summary>
    private static int Compare(string left, string right) =>
        long.TryParse(left, CultureInfo.InvariantCulture, out var leftNumber) && long.TryParse(right, CultureInfo.InvariantCulture, out var rightNumber)
            ? leftNumber.CompareTo(rightNumber)
            : string.CompareOrdinal(left, right);

    private static bool Equals(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static string Text(ReadOnlyMemory<byte> value) => Encoding.UTF8.GetString(value.Span);
}
