using LookupProxy.Directories.File;
using LookupProxy.Directories.Ldap;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Model;

internal abstract record DirectorySettings(string Name, ResilienceSettings Resilience)
{
    /// <summary>Null when no local copy of it is kept.</summary>
    public SnapshotSettings? Snapshot { get; init; }

    public sealed record Ldap(LdapDirectoryOptions Options, ResilienceSettings Resilience) : DirectorySettings(Options.Name, Resilience);

    public sealed record File(FileDirectoryOptions Options, ResilienceSettings Resilience) : DirectorySettings(Options.Name, Resilience);
}
