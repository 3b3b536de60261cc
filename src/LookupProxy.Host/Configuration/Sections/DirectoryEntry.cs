using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Nodes;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>A directory with the places of what other sections must agree with.</summary>
/// <param name="Settings">Null when its type is not known.</param>
internal sealed record DirectoryEntry(string Name, Origin Origin, string Path, DirectorySettings? Settings, Located<TimeSpan> Timeout);
