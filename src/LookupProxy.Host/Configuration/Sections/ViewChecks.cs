using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Within one view a domain belongs to one namespace: else it would be chance which directories are asked.</summary>
internal static class ViewChecks
{
    public static void Check(ImmutableArray<NamespaceEntry> namespaces, ImmutableArray<ViewEntry> views, FaultList faults)
    {
        var byName = namespaces.ToDictionary(static ns => ns.Definition.Name, StringComparer.Ordinal);
        foreach (var name in views.SelectMany(static view => view.Namespaces).Where(name => !byName.ContainsKey(name.Value)))
            faults.Error(name.Origin, name.Path, "no such namespace", name.Value, string.Join(", ", byName.Keys), Misspelling.Nearest(name.Value, byName.Keys));

        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ns in namespaces)
            CheckDomains([ns], told, faults);
        foreach (var view in views)
            CheckDomains([.. view.Namespaces.Select(name => byName.GetValueOrDefault(name.Value)).OfType<NamespaceEntry>()], told, faults);
        if (!views.Any(static view => view.Name == ViewDefinition.Default))
            CheckDomains(namespaces, told, faults);
    }

    /// <summary>The views that endpoints name.</summary>
    public static void CheckNames(ImmutableArray<Located<string>> named, ImmutableArray<ViewEntry> views, FaultList faults)
    {
        var names = views.Select(static view => view.Name).ToList();
        foreach (var name in named.Where(name => !names.Contains(name.Value)))
            faults.Error(name.Origin, name.Path, "no such view", name.Value, names.Count == 0 ? null : string.Join(", ", names), Misspelling.Nearest(name.Value, names));
    }

    /// <param name="told">Paths already told of: several views may hold the same two namespaces.</param>
    private static void CheckDomains(ImmutableArray<NamespaceEntry> together, HashSet<string> told, FaultList faults)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ns in together)
        {
            foreach (var domain in ns.Domains)
            {
                if (owners.TryAdd(domain.Value, ns.Definition.Name) || !told.Add(domain.Path))
                    continue;
                var owner = owners[domain.Value];
                var message = owner == ns.Definition.Name ? "given twice" : $"is in namespace {owner} too; in one view a domain has one namespace";
                faults.Error(domain.Origin, domain.Path, message, domain.Value);
            }
        }
    }
}
