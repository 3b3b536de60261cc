using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Ldap.Entries;
using LookupProxy.Host.Configuration.Faults;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>What entries must agree on with the directories that give their attributes.</summary>
internal static class LdapEntriesChecks
{
    /// <summary>The endpoint that knows what each directory is asked for.</summary>
    /// <param name="named">By the endpoint's entries.</param>
    public static EndpointSettings<LdapOptions>? Complete(
        EndpointSettings<LdapOptions>? ldap, ImmutableArray<Located<string>> named, ImmutableArray<DirectoryEntry> directories, FaultList faults)
    {
        if (ldap is null)
            return null;
        var published = directories.Where(static directory => directory.Settings is not null)
            .ToFrozenDictionary(static directory => directory.Name, static directory => Published(directory.Settings!), StringComparer.Ordinal);
        foreach (var name in named.Where(name => !EntryOptions.IsUniform(name.Value) && !published.Values.Any(names => names.Contains(name.Value, StringComparer.OrdinalIgnoreCase))))
            faults.Warning(name.Origin, name.Path, $"no directory gives {name.Value}; name it under directories.NAME.attributes of those that have it");
        return ldap with { Options = ldap.Options with { Entries = ldap.Options.Entries with { Published = published } } };
    }

    private static ImmutableArray<string> Published(DirectorySettings directory) => directory switch
    {
        DirectorySettings.Ldap ldap => ldap.Options.PublishedAttributes,
        DirectorySettings.File file => file.Options.PublishedAttributes,
        _ => [],
    };
}
