using System.Collections.Immutable;
using LookupProxy.Directories.Ldap.Filters;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>The searches for all recipients. Immutable.</summary>
internal sealed class ListingQuestion
{
    public ListingQuestion(LdapListingOptions options, FilterTemplate template, IEnumerable<string> attributes)
    {
        Filter = options.Filter is null ? template.Anybody : Parse(options.Filter);
        Attributes =
        [
            .. attributes
                .Concat(template.AssertedAttributes)
                .Concat(EntryIds.Attributes)
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
    }

    private ListingQuestion(LdapFilter filter, ImmutableArray<string> attributes)
    {
        Filter = filter;
        Attributes = attributes;
    }

    public LdapFilter Filter { get; }

    public ImmutableArray<string> Attributes { get; }

    /// <summary>Those whose change may make another recipient of an entry, or one, or none: the filter's too.</summary>
    public IEnumerable<string> Deciding => Attributes.Union(FilterItems.AttributesOf(Filter), StringComparer.OrdinalIgnoreCase);

    /// <summary>The same, with one attribute more.</summary>
    public ListingQuestion With(string attribute) => new(Filter, Attributes.Add(attribute));

    public SearchRequest Recipients(string baseDn) => new(baseDn, SearchScope.WholeSubtree, Filter) { Attributes = Attributes };

    /// <summary>The recipients among some entries.</summary>
    public SearchRequest Recipients(string baseDn, LdapFilter among) =>
        new(baseDn, SearchScope.WholeSubtree, new LdapFilter.And([among, Filter])) { Attributes = Attributes };

    /// <summary>The ids of entries, recipients or not.</summary>
    public static SearchRequest Ids(string baseDn, LdapFilter filter, ImmutableArray<string> attributes) =>
        new(baseDn, SearchScope.WholeSubtree, filter) { Attributes = EntryIds.Attributes.AddRange(attributes) };

    private static LdapFilter Parse(string text) =>
        FilterText.TryParse(text, out var filter, out var fault) ? filter : throw new ArgumentException($"listFilter: {fault}", nameof(text));
}
