using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Endpoints.Ldap.Entries.Matching;
using LookupProxy.Ldap.Filters;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>What a client's filter means for entries that were searched for in directories.</summary>
internal static class ListedFilter
{
    /// <summary>Attributes that entries have only from directories: these may decide about them.</summary>
    public static ImmutableArray<string> Decidable(LdapFilter filter, EntryLayout layout) =>
        [.. FilterItems.AttributesOf(filter).Where(name => layout.Find(name) is null or { Uniform: null }).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>An attribute about which the filter asserts something that can't be known of every entry; null when there is none.</summary>
    /// <param name="layout">Of the evaluation.</param>
    /// <param name="extra">Attributes that directories are asked for besides those they publish.</param>
    public static string? Unknown(LdapFilter filter, EntryLayout layout, ImmutableArray<string> directories, ImmutableArray<string> extra)
    {
        foreach (var item in FilterItems.Of(filter))
        {
            if (FilterItems.AttributeOf(item) is not { } description)
                return "that it does not name";
            // What is none might say something else when the filter is put to a directory as text.
            if (!AttributeSyntax.IsDescription(description) || !IsKnown(FilterItems.WithoutOptions(description)))
                return ClientText.Show(description);
        }

        return null;

        bool IsKnown(string name) =>
            layout.Find(name) is { Uniform: not null, Source: null }
            || (layout.MayLeave(name)
                && (extra.Contains(name, StringComparer.OrdinalIgnoreCase) || directories.All(directory => layout.Publishes(directory, name) != false)));
    }

    /// <summary>
    /// The filter as it is evaluated here. Membership through nested groups (MS-ADTS 3.1.1.3.4.4.3) is the directory's to decide: where the whole hangs on it,
    /// what came has it.
    /// </summary>
    public static LdapFilter ToEvaluate(LdapFilter filter, EntryLayout layout) => filter switch
    {
        LdapFilter.And and => new LdapFilter.And([.. and.Operands.Select(operand => ToEvaluate(operand, layout))]),
        LdapFilter.Or { Operands: var operands } when operands.All(operand => IsNested(operand, layout)) => new LdapFilter.Or([.. operands.Select(operand => ToEvaluate(operand, layout))]),
        LdapFilter.Extensible { Attribute: { } attribute } when IsNested(filter, layout) => new LdapFilter.Present(attribute),
        _ => filter,
    };

    /// <summary>A matching rule that nobody evaluates here: what came could not be told from what did not match. Null when there is none.</summary>
    public static string? UnknownRule(LdapFilter filter, EntryLayout layout) =>
        FilterItems.Of(ToEvaluate(filter, layout)).OfType<LdapFilter.Extensible>().FirstOrDefault(static item => !ExtensibleMatch.Knows(item.MatchingRule))?.MatchingRule;

    /// <summary>Only of an attribute that is the directories' own: about any other they are not asked.</summary>
    private static bool IsNested(LdapFilter filter, EntryLayout layout) =>
        FilterItems.IsNested(filter) && filter is LdapFilter.Extensible { Attribute: { } attribute, DnAttributes: false }
        && layout.Find(FilterItems.WithoutOptions(attribute)) is null or { Uniform: null };
}
