using System.Collections.Immutable;
using LookupProxy.Host.Configuration.Model;
using LookupProxy.Host.Configuration.Values;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Sections;

/// <summary>The whole file.</summary>
internal sealed class RootSection : SectionReader<HostConfiguration>
{
    private static readonly Setting<ImmutableArray<DirectoryEntry>> Directories =
        Setting.Required("directories", new NamedSections<DirectoryEntry>(new DirectorySection(), "directories"), []);

    private static readonly Setting<ImmutableArray<NamespaceEntry>> Namespaces =
        Setting.Required("namespaces", new NamedSections<NamespaceEntry>(new NamespaceSection(), "namespaces"), []);

    private static readonly Setting<ImmutableArray<ViewEntry>> Views =
        Setting.Optional("views", new NamedSections<ViewEntry>(new ViewSection(), "views", mayBeEmpty: true), []);

    private static readonly Setting<EndpointsEntry> Endpoints = Setting.Optional("endpoints", new EndpointsSection(), new EndpointsEntry(null, null, null));
    private static readonly Setting<TimeSpan> Lookup = Setting.Optional("lookup", new LookupSection(), LookupSection.DefaultDeadline);
    private static readonly Setting<CacheEntry?> Cache = Setting.Maybe("cache", new CacheSection(), shown: "");
    private static readonly Setting<TelemetrySettings> Telemetry = Setting.Optional("telemetry", new TelemetrySection(), new TelemetrySettings());
    private static readonly Setting<LogSettings> Log = Setting.Optional("log", new LogSection(), new LogSettings());
    private static readonly Setting<TimeSpan> Shutdown = Setting.Optional("shutdown", new ShutdownSection(), ShutdownSection.DefaultDrain);

    public override IReadOnlyList<Setting> Inner { get; } = [Directories, Namespaces, Views, Endpoints, Lookup, Cache, Telemetry, Log, Shutdown];

    protected override bool TryBuild(Section section, out HostConfiguration value)
    {
        var (directories, namespaces, views) = (section.Get(Directories), section.Get(Namespaces), section.Get(Views));
        var (endpoints, deadline) = (section.Get(Endpoints), section.Get(Lookup));
        var faults = section.Scope.Context.Faults;
        var cache = section.Get(Cache) ?? CacheSection.Default(section.Scope.Context);
        NamespaceChecks.Check(directories, namespaces, faults);
        FileChecks.Check(directories, cache.Store, faults);
        ViewChecks.Check(namespaces, views, faults);
        ListenerChecks.Check([.. endpoints.Policy?.Listeners ?? [], .. endpoints.Http?.Listeners ?? [], .. endpoints.Ldap?.Settings.Listeners ?? []], faults);
        ViewChecks.CheckNames(endpoints.Ldap?.Views ?? [], views, faults);
        NamespaceChecks.CheckDomain(endpoints.Ldap?.DefaultDomain, namespaces, faults);
        PassThroughChecks.Check(endpoints.Ldap?.PassThrough, directories);
        foreach (var timeout in directories.Select(static directory => directory.Timeout).Where(timeout => timeout.Value > deadline))
            faults.Warning(timeout.Origin, timeout.Path, $"{Durations.Write(timeout.Value)} is longer than lookup.deadline ({Durations.Write(deadline)}), which ends the question first");
        if (endpoints is { Policy: null, Http: null, Ldap: null } && section.Has(Namespaces))
            section.At(Endpoints).Warning("none is named, so serve would answer nobody");
        value = new HostConfiguration
        {
            Directories = [.. directories.Select(static directory => directory.Settings).OfType<DirectorySettings>()],
            Resolver = new ResolverModel
            {
                Namespaces = [.. namespaces.Select(static entry => entry.Definition)],
                Views = [.. views.Select(static view => new ViewDefinition(view.Name, [.. view.Namespaces.Select(static name => name.Value)]))],
                Resilience = directories.Where(static directory => directory.Settings is not null)
                    .ToImmutableDictionary(static directory => directory.Name, static directory => directory.Settings!.Resilience),
                Snapshots = directories.Where(static directory => directory.Settings?.Snapshot is not null)
                    .ToImmutableDictionary(static directory => directory.Name, static directory => directory.Settings!.Snapshot!),
                Cache = cache.Memory,
                Deadline = deadline,
            },
            Store = cache.Store,
            Policy = endpoints.Policy,
            Http = endpoints.Http,
            Ldap = LdapEntriesChecks.Complete(
                LdapRuleChecks.Complete(endpoints.Ldap, namespaces, views, faults), endpoints.Ldap?.Attributes ?? [], directories, faults),
            Telemetry = section.Get(Telemetry),
            Log = section.Get(Log),
            DrainFor = section.Get(Shutdown),
        };
        return true;
    }
}
