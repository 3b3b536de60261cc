using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>Local copies against each other: of two that shared a file each would pass for the other's after a restart.</summary>
internal static class SnapshotChecks
{
    public static void Check(ImmutableArray<DirectoryEntry> directories, FaultList faults)
    {
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var directory in directories)
        {
            if (directory.Settings?.Snapshot?.Path is not { } path || owners.TryAdd(path, directory.Name))
                continue;
            faults.Error(directory.Origin, $"{directory.Path}.snapshot.path", $"the copy of {owners[path]} is kept in the same file");
        }
    }
}
