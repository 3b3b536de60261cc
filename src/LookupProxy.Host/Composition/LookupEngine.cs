using System.Collections.Frozen;
using System.Collections.Immutable;
using LookupProxy.Core.Credentials;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Searching;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The directories of a configuration with the resolver that asks them: all that answers, without anything that listens.</summary>
internal sealed class LookupEngine : IAsyncDisposable
{
    private readonly ImmutableArray<IDirectory> _directories;

    private LookupEngine(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time, SecondLevel second)
    {
        var factory = new DirectoryFactory(loggers, time);
        _directories = [.. configuration.Directories.Select(factory.Create)];
        Resolver = Resolver.Create(configuration.Resolver, _directories, loggers, time, seed: time.GetTimestamp(), second);
        LdapSources = SourcesOf(configuration.Resolver);
        Store = second.Store;
    }

    public Resolver Resolver { get; }

    public LdapSources LdapSources { get; }

    /// <summary>All that may need an administrator's eye.</summary>
    public ImmutableArray<IAlarmSource> Alarms => [Resolver.Alarms, Resolver.SnapshotAlarms, .. _directories.OfType<IAlarmSource>(), .. Store is IAlarmSource store ? [store] : ImmutableArray<IAlarmSource>.Empty];

    /// <summary>All that may need an administrator's word.</summary>
    public ImmutableArray<IAcceptance> Acceptances => [Resolver, Resolver.SnapshotAcceptance, .. _directories.OfType<IAcceptance>()];

    /// <summary>What is behind memory; null when nothing is.</summary>
    public IAnswerStore? Store { get; }

    /// <param name="second">The engine's from now on.</param>
    public static LookupEngine Start(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time, SecondLevel second) =>
        new(configuration, loggers, time, second);

    /// <summary>For one that asks once: a running service's store is not its business, nor are local copies and what else is kept of directories, which it would read and write.</summary>
    public static LookupEngine StartForOnce(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var once = configuration with
        {
            Directories = [.. configuration.Directories.Select(static directory => directory is DirectorySettings.File file ? file with { Options = file.Options with { CountPath = null } } : directory)],
            Resolver = configuration.Resolver with { Snapshots = ImmutableDictionary<string, SnapshotSettings>.Empty },
        };
        return new LookupEngine(once, loggers, time, new SecondLevel());
    }

    private LdapSources SourcesOf(ResolverModel model) => new()
    {
        Namespaces = new NamespaceMap(
            [.. model.Namespaces.Select(static ns => new NamespaceOutline(ns.Name, [.. ns.Domains, .. ns.DomainAliases.Keys], ns.Directories) { CaseSensitive = ns.CaseSensitive })],
            model.Views.ToDictionary(static view => view.Name, static view => view.Namespaces, StringComparer.Ordinal),
            ViewDefinition.Default),
        Searches = _directories.Where(static directory => directory is IRecipientSearch)
            .ToFrozenDictionary(static directory => directory.Name, directory => Resolver.OverCopy(directory.Name, (IRecipientSearch)directory), StringComparer.Ordinal),
        Users = _directories.Where(static directory => directory is ICredentialCheck)
            .ToFrozenDictionary(static directory => directory.Name, static directory => (ICredentialCheck)directory, StringComparer.Ordinal),
    };

    /// <summary>The resolver first: what it has begun still needs the directories, and the store takes what they say.</summary>
    public async ValueTask DisposeAsync()
    {
        await Resolver.DisposeAsync();
        foreach (var directory in _directories)
            await directory.DisposeAsync();
        if (Store is not null)
            await Store.DisposeAsync();
    }
}
