using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Lookups;

/// <summary>Which namespaces a view has, for endpoints that must know it before they ask. Immutable.</summary>
public sealed class NamespaceMap
{
    private readonly FrozenDictionary<string, View> _views;
    private readonly View _default;

    /// <param name="views">Names of namespaces by view.</param>
    /// <param name="defaultView">The view of who names none, or one that is not there; all namespaces unless it is among <paramref name="views"/>.</param>
    public NamespaceMap(ImmutableArray<NamespaceOutline> namespaces, IReadOnlyDictionary<string, ImmutableArray<string>> views, string defaultView)
    {
        Namespaces = namespaces;
        _views = views.ToFrozenDictionary(
            static view => view.Key,
            view => new View([.. namespaces.Where(ns => view.Value.Contains(ns.Name, StringComparer.Ordinal))]),
            StringComparer.Ordinal);
        _default = _views.GetValueOrDefault(defaultView) ?? new View(namespaces);
    }

    public static NamespaceMap Empty { get; } = new([], ImmutableDictionary<string, ImmutableArray<string>>.Empty, "");

    public ImmutableArray<NamespaceOutline> Namespaces { get; }

    public ImmutableArray<NamespaceOutline> Of(string? view) => Find(view).Namespaces;

    /// <summary>The namespace that has the domain; null when none of the view has.</summary>
    public NamespaceOutline? OfDomain(string? view, ReadOnlySpan<char> domain) => Find(view).Find(domain);

    /// <summary>Whether it is a mail domain that none of the view's namespaces has.</summary>
    public bool IsElsewhere(string? view, ReadOnlySpan<char> domain) => DomainName.TryNormalize(domain, out var name) && OfDomain(view, name) is null;

    private View Find(string? view) => view is not null && _views.TryGetValue(view, out var found) ? found : _default;

    private sealed class View
    {
        private readonly FrozenDictionary<string, NamespaceOutline>.AlternateLookup<ReadOnlySpan<char>> _byDomain;

        public View(ImmutableArray<NamespaceOutline> namespaces)
        {
            Namespaces = namespaces;
            var byDomain = new Dictionary<string, NamespaceOutline>(StringComparer.Ordinal);
            foreach (var ns in namespaces)
            {
                foreach (var domain in ns.Domains)
                    byDomain.TryAdd(domain, ns);
            }

            _byDomain = byDomain.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ImmutableArray<NamespaceOutline> Namespaces { get; }

        public NamespaceOutline? Find(ReadOnlySpan<char> domain) => _byDomain.TryGetValue(domain, out var found) ? found : null;
    }
}
