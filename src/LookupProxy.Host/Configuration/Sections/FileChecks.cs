using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>
/// Files that are written against each other, and against those that are only read. Of two local copies that shared one each would pass for the other's after a restart;
/// and what is found in the place of a copy or of the store and is none is put aside, be it the operator's list of recipients.
/// </summary>
internal static class FileChecks
{
    public static void Check(ImmutableArray<DirectoryEntry> directories, StoreSettings store, FaultList faults)
    {
        var uses = new Dictionary<string, string>(StringComparer.Ordinal);
        var kept = store is StoreSettings.Sqlite sqlite ? sqlite.Options.Path : "";
        uses.Add(kept, "the store is kept");
        foreach (var directory in directories)
        {
            // Two may be read from one file.
            if (directory.Settings is DirectorySettings.File { Options.Path: { Length: > 0 } path } && !uses.TryAdd(path, $"the recipients of {directory.Name} are") && path == kept)
                faults.Error(directory.Origin, $"{directory.Path}.path", "the store is kept in the same file");
        }

        foreach (var directory in directories)
        {
            if (directory.Settings?.Snapshot?.Path is { } path && !uses.TryAdd(path, $"the copy of {directory.Name} is kept"))
                faults.Error(directory.Origin, $"{directory.Path}.snapshot.path", $"{uses[path]} in the same file");
        }
    }
}
