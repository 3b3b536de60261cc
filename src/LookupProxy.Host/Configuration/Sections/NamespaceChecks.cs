using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Namespaces against directories, and domains that others name against namespaces.</summary>
internal static class NamespaceChecks
{
    public static void Check(ImmutableArray<DirectoryEntry> directories, ImmutableArray<NamespaceEntry> namespaces, FaultList faults)
    {
        var names = directories.Select(static directory => directory.Name).ToList();
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ns in namespaces)
        {
            var here = new HashSet<string>(StringComparer.Ordinal);
            foreach (var directory in ns.Directories)
            {
                used.Add(directory.Value);
                if (!names.Contains(directory.Value))
                    faults.Error(directory.Origin, directory.Path, "no such directory", directory.Value, string.Join(", ", names), Misspelling.Nearest(directory.Value, names));
                else if (!here.Add(directory.Value))
                    faults.Error(directory.Origin, directory.Path, "given twice", directory.Value);
                else if (!ns.Definition.CaseSensitive && IsCaseSensitive(directories.First(entry => entry.Name == directory.Value)))
                    faults.Error(directory.Origin, directory.Path, "this directory is caseSensitive and the namespace is not: addresses would be asked in lower case and not found", directory.Value);
            }
        }

        foreach (var unused in directories.Where(directory => !used.Contains(directory.Name)))
            faults.Warning(unused.Origin, unused.Path, "no namespace asks this directory");
    }

    /// <param name="domain">Of recipients who are asked for without one: in a domain of no namespace there would be none of them.</param>
    public static void CheckDomain(Located<string>? domain, ImmutableArray<NamespaceEntry> namespaces, FaultList faults)
    {
        var domains = namespaces.SelectMany(static ns => ns.Domains).Select(static own => own.Value).ToList();
        if (domain is { } asked && !domains.Contains(asked.Value, StringComparer.Ordinal))
            faults.Error(asked.Origin, asked.Path, "no namespace has this domain, so that nobody would be found by a local part", asked.Value, suggestion: Misspelling.Nearest(asked.Value, domains));
    }

    private static bool IsCaseSensitive(DirectoryEntry directory) => directory.Settings is DirectorySettings.File { Options.CaseSensitive: true };
}
