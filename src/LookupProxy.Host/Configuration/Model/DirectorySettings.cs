using LookupProxy.Directories.File;
using LookupProxy.Directories.Ldap;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Model;

internal abstract record DirectorySettings(string Name, ResilienceSettings Resilience)
{
    public sealed record Ldap(LdapDirectoryOptions Options, ResilienceSettings Resilience) : DirectorySettings(Options.Name, Resilience);

    public sealed record File(FileDirectoryOptions Options, ResilienceSettings Resilience) : DirectorySettings(Options.Name, Resilience);
}
