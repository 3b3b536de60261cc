using System.Collections.Frozen;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Federation;

/// <summary>The model made ready for lookups. Immutable: a lookup holds one for its whole life, and a reload swaps it whole.</summary>
internal sealed class CompiledModel
{
    private readonly FrozenDictionary<string, ViewState> _views;
    private readonly ViewState _default;

    /// <exception cref="ArgumentException">What the configuration's check should have found: an unknown name, a domain twice in a view, a namespace without directories.</exception>
    public CompiledModel(ResolverModel model, IReadOnlyDictionary<string, IDirectoryAsker> directories)
    {
        Deadline = model.Deadline;
        var namespaces = new Dictionary<string, (NamespaceDefinition Definition, NamespaceState State)>(StringComparer.Ordinal);
        foreach (var definition in model.Namespaces)
        {
            var state = new NamespaceState(definition, [.. definition.Directories.Distinct(StringComparer.Ordinal).Select(name => Find(directories, name, definition))]);
            if (!namespaces.TryAdd(definition.Name, (definition, state)))
                throw new ArgumentException($"Namespace '{definition.Name}' is defined twice.", nameof(model));
        }

        var views = new Dictionary<string, ViewState>(StringComparer.Ordinal);
        foreach (var view in model.Views)
            views.Add(view.Name, View(view.Name, view.Namespaces.Select(name => Find(namespaces, name, view))));
        if (!views.ContainsKey(ViewDefinition.Default))
            views.Add(ViewDefinition.Default, View(ViewDefinition.Default, namespaces.Values));
        _views = views.ToFrozenDictionary(StringComparer.Ordinal);
        _default = _views[ViewDefinition.Default];
    }

    public TimeSpan Deadline { get; }

    /// <summary>The view of that name; the default one when there is none, or when none is named.</summary>
    public ViewState View(string? name) => name is not null && _views.TryGetValue(name, out var view) ? view : _default;

    /// <summary>In all the views: what the domain, or what it is an alias of, is in each of its namespaces.</summary>
    public IReadOnlyCollection<DomainEntry> Entries(ReadOnlySpan<char> domain)
    {
        var entries = new HashSet<DomainEntry>();
        foreach (var view in _views.Values)
        {
            if (view.TryFind(domain, out var entry))
                entries.Add(entry);
        }

        return entries;
    }

    private static ViewState View(string name, IEnumerable<(NamespaceDefinition Definition, NamespaceState State)> namespaces)
    {
        var domains = new Dictionary<string, DomainEntry>(StringComparer.Ordinal);
        foreach (var (definition, state) in namespaces)
        {
            foreach (var domain in definition.Domains)
                Add(domain, domain, state);
            foreach (var (alias, domain) in definition.DomainAliases)
                Add(alias, domain, state);
        }

        return new ViewState(domains);

        void Add(string domain, string standsFor, NamespaceState state)
        {
            if (!domains.TryAdd(domain, new DomainEntry(state, standsFor)))
                throw new ArgumentException($"View '{name}' has the domain '{domain}' twice.", nameof(namespaces));
        }
    }

    private static IDirectoryAsker Find(IReadOnlyDictionary<string, IDirectoryAsker> directories, string name, NamespaceDefinition definition) =>
        directories.TryGetValue(name, out var directory)
            ? directory
            : throw new ArgumentException($"Namespace '{definition.Name}' names the directory '{name}', which is not there.", nameof(directories));

    private static (NamespaceDefinition Definition, NamespaceState State) Find(
        Dictionary<string, (NamespaceDefinition Definition, NamespaceState State)> namespaces, string name, ViewDefinition view) =>
        namespaces.TryGetValue(name, out var found)
            ? found
            : throw new ArgumentException($"View '{view.Name}' names the namespace '{name}', which is not there.", nameof(namespaces));
}
