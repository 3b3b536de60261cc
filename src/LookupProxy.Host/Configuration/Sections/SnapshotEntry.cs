using LookupProxy.Directories.Ldap.Listing;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <param name="Settings">Of the copy.</param>
/// <param name="Changes">How its directory is asked for what has changed.</param>
internal sealed record SnapshotEntry(SnapshotSettings Settings, ChangesMethod Changes);
