using LookupProxy.Directories.Ldap;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The key of a directory that can tell all its recipients.</summary>
internal static class SnapshotKeys
{
    private static readonly Setting<SnapshotEntry?> Snapshot = Setting.Maybe("snapshot", new SnapshotSection());

    public static IReadOnlyList<Setting> All { get; } = [Snapshot];

    /// <summary>The directory, with how it is to be asked for what has changed, and its copy; null when none is to be kept.</summary>
    public static (LdapDirectoryOptions Directory, SnapshotSettings? Snapshot) Read(Section section, LdapDirectoryOptions directory)
    {
        if (section.Get(Snapshot) is not { Settings: var settings, Changes: var changes })
            return (directory, null);
        var snapshot = settings with
        {
            Path = settings.Path ?? StateDirectory.PathOf($"{section.Name}.snapshot", section.Scope.Context),
            PublishedAttributes = directory.PublishedAttributes,
            Origin = $"{directory.Origin}\n{directory.Listing.Filter}",
        };
        return (directory with { Listing = directory.Listing with { Changes = changes } }, snapshot);
    }
}
