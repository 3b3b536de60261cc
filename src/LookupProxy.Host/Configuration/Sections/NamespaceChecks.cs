using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Namespaces against directories.</summary>
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

    private static bool IsCaseSensitive(DirectoryEntry directory) => directory.Settings is DirectorySettings.File { Options.CaseSensitive: true };
}
