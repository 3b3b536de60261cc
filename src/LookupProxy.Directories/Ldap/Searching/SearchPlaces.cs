using System.Collections.Immutable;
using LookupProxy.Core.Searching;
using LookupProxy.Ldap.Messages;
using LookupProxy.Ldap.Names;

namespace LookupProxy.Directories.Ldap.Searching;

/// <summary>Where a directory is searched: a client's base is taken over as far as it lies in the directory's own.</summary>
internal sealed class SearchPlaces(ImmutableArray<string> baseDns)
{
    private readonly ImmutableArray<(string Text, DistinguishedName Name)> _bases =
        [.. baseDns.Select(static text => (text, DistinguishedName.TryParse(text, out var name) ? name : DistinguishedName.Root))];

    public bool Holds(string name) =>
        DistinguishedName.TryParse(name, out var parsed) && _bases.Any(own => parsed.IsUnder(own.Name) || own.Name.IsUnder(parsed));

    public IEnumerable<(string Base, SearchScope Scope)> For(RecipientQuestion question)
    {
        if (question.Base is not { } text || !DistinguishedName.TryParse(text, out var name))
            return _bases.Select(static own => (own.Text, SearchScope.WholeSubtree));
        if (_bases.Any(own => name.IsUnder(own.Name)))
            return [(text, ScopeOf(question.Reach))];
        return question.Reach == SearchReach.Subtree
            ? _bases.Where(own => own.Name.IsUnder(name)).Select(static own => (own.Text, SearchScope.WholeSubtree))
            : [];
    }

    private static SearchScope ScopeOf(SearchReach reach) => reach switch
    {
        SearchReach.Base => SearchScope.BaseObject,
        SearchReach.OneLevel => SearchScope.SingleLevel,
        _ => SearchScope.WholeSubtree,
    };
}
