using System.Collections.Immutable;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Lookups;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>The directories of a configuration with the resolver that asks them: all that answers, without anything that listens.</summary>
internal sealed class LookupEngine : IAsyncDisposable
{
    private readonly ImmutableArray<IDirectory> _directories;

    private LookupEngine(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time)
    {
        var factory = new DirectoryFactory(loggers, time);
        _directories = [.. configuration.Directories.Select(factory.Create)];
        Namespaces = NamespacesOf(configuration.Resolver);
        Resolver = Resolver.Create(configuration.Resolver, _directories, loggers, time, seed: time.GetTimestamp());
    }

    public Resolver Resolver { get; }

    public NamespaceMap Namespaces { get; }

    /// <summary>All that may need an administrator's eye.</summary>
    public ImmutableArray<IAlarmSource> Alarms => [Resolver.Alarms];

    /// <summary>All that may need an administrator's word.</summary>
    public ImmutableArray<IAcceptance> Acceptances => [Resolver];

    public static LookupEngine Start(HostConfiguration configuration, ILoggerFactory loggers, TimeProvider time) => new(configuration, loggers, time);

    private static NamespaceMap NamespacesOf(ResolverModel model) => new(
        [.. model.Namespaces.Select(static ns => new NamespaceOutline(ns.Name, [.. ns.Domains, .. ns.DomainAliases.Keys], ns.Directories))],
        model.Views.ToDictionary(static view => view.Name, static view => view.Namespaces, StringComparer.Ordinal),
        ViewDefinition.Default);

    /// <summary>The resolver first: what it has begun still needs the directories.</summary>
    public async ValueTask DisposeAsync()
    {
        await Resolver.DisposeAsync();
        foreach (var directory in _directories)
            await directory.DisposeAsync();
    }
}
