using LookupProxy.Directories.Ldap;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The key of a directory that can tell all its recipients.</summary>
internal static class SnapshotKeys
{
    private static readonly Setting<SnapshotEntry?> Snapshot = Setting.Maybe("snapshot", new SnapshotSection());

    public static IReadOnlyList<Setting> All { get; } = [Snapshot];

    /// <summary>The directory, with how it is to be asked for what has changed.</summary>
    public static LdapDirectoryOptions WithChanges(Section section, LdapDirectoryOptions directory) => section.Get(Snapshot) is { Changes: var changes }
        ? directory with { Listing = directory.Listing with { Changes = changes } }
        : directory;

    /// <summary>Null when no copy is to be kept.</summary>
    public static SnapshotSettings? Read(Section section, LdapDirectoryOptions directory) => section.Get(Snapshot) is { Settings: var settings }
        ? settings with
        {
            Path = settings.Path ?? StateDirectory.PathOf($"{section.Name}.snapshot", section.Scope.Context),
            PublishedAttributes = directory.PublishedAttributes,
            Origin = string.Join('\n', [.. directory.BaseDns, directory.Schema.Name, directory.Schema.Filter, directory.Schema.DisabledExists.ToString(), directory.Listing.Filter ?? ""]),
        }
        : null;
}
