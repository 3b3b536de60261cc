using System.Collections.Immutable;
using System.Globalization;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Entries;

internal static class DisabledAccounts
{
    public static bool Match(ImmutableArray<LdapDisabledRule> rules, SearchResultEntry entry)
    {
        foreach (var rule in rules)
        {
            if (Matches(rule, entry))
                return true;
        }

        return false;
    }

    private static bool Matches(LdapDisabledRule rule, SearchResultEntry entry)
    {
        foreach (var value in entry.Texts(rule.Attribute))
        {
            if (Says(rule, value))
                return IsOfKind(rule, entry);
        }

        return false;
    }

    private static bool Says(LdapDisabledRule rule, string value) =>
        rule.Values.Contains(value, StringComparer.OrdinalIgnoreCase)
        || (rule.Bits != 0 && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bits) && (bits & rule.Bits) != 0);

    private static bool IsOfKind(LdapDisabledRule rule, SearchResultEntry entry)
    {
        if (rule.KindAttribute is null)
            return true;
        var kind = entry.Texts(rule.KindAttribute).First();
        return kind is null || rule.Kinds.Contains(kind, StringComparer.Ordinal);
    }
}
