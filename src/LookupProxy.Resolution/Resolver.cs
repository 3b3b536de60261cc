using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Flushing;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Overriding;
using LookupProxy.Resolution.Resilience;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Timing;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution;

/// <summary>
/// One verdict out of many answers. The directories stay the caller's: they are to be disposed after the resolver.
/// </summary>
public sealed class Resolver : IRecipientResolver, IDirectoryHealthSource, IServerControl, IAcceptance, ICacheControl, IAsyncDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private readonly ImmutableArray<DirectoryAsker> _directories;
    private readonly ResolutionMetrics _metrics = new();
    private readonly ResolutionTracing _tracing = new();
    private readonly SheetClock _clock;
    private readonly ClockWatch _clockWatch;
    private readonly SheetCache _cache;
    private readonly Flights _flights;
    private readonly MemoryLookup _memory;
    private readonly LiveLookup _live;
    private readonly OverrideBook _overrides;
    private readonly Flusher _flusher;
    private readonly SnapshotSet _snapshots;
    private readonly AlarmBook _alarms;
    private readonly ILogger _logger;

    // One read for a lookup, which keeps what it read: a reload swaps it whole.
    private volatile CompiledModel _model;
    private int _closed;

    private Resolver(ResolverModel model, IReadOnlyList<IDirectory> directories, ILoggerFactory loggers, TimeProvider time, long seed, SecondLevel second)
    {
        _logger = loggers.CreateLogger("LookupProxy.Resolution");
        _alarms = new AlarmBook(time, _logger);
        _clock = new SheetClock(time);
        _clockWatch = new ClockWatch(_clock, ForgetAbsences);
        var chance = new Chance(seed);
        var lifetimes = new Lifetimes(model.Cache, chance);
        _snapshots = new SnapshotSet(
            [.. directories.Where(directory => model.Snapshots.ContainsKey(directory.Name)).Select(directory => new SnapshotKeeper(
                directory.Name, directory as IRecipientListing, model.Snapshots[directory.Name], _clock, chance, _logger, _closing.Token))],
            _clock);
        _directories = [.. directories.Select(directory => new DirectoryAsker(
            directory, model.Resilience.GetValueOrDefault(directory.Name) ?? new(), _snapshots.Of(directory.Name), _clock, _logger, _metrics, _alarms, _closing.Token))];
        _model = new CompiledModel(model, _directories.ToDictionary(static d => d.Name, static d => (IDirectoryAsker)d, StringComparer.Ordinal));
        _cache = new SheetCache(model.Cache, lifetimes, _clock);
        var store = second.Store is null
            ? null
            : new SecondStore(second.Store, new StoreReader(second.Store, _clock, _metrics, _logger), new StoredAnswers(_clock, lifetimes, _clockWatch));
        var flushes = new FlushLog();
        _flights = new Flights(_cache, store, flushes, _clock, lifetimes, _metrics, _tracing);
        _memory = new MemoryLookup(_cache, flushes, lifetimes, new RefreshAhead(_flights, model.Cache.MaxRefreshing, _metrics));
        _live = new LiveLookup(_flights);
        _overrides = new OverrideBook(second, time, _logger);
        _overrides.Use(_model);
        _flusher = new Flusher(flushes, _flights, _cache, _clock, second, _logger);
        second.News?.Listen(new ClusterEar(_flusher, _overrides, () => _model));
        _metrics.Observe(new ResolutionGauges(_cache, _flights, second.Store, _snapshots, this));
    }

    public ImmutableArray<DirectoryHealth> Current => [.. _directories.Select(directory => directory.Health with { Snapshot = _snapshots.HealthOf(directory.Name) })];

    public IOverrides Overrides => _overrides;

    public IAlarmSource Alarms => _alarms;

    /// <summary>What an administrator must know of the local copies.</summary>
    public IAlarmSource SnapshotAlarms => _snapshots;

    public IAcceptance SnapshotAcceptance => _snapshots;

    public ISnapshotControl SnapshotControl => _snapshots;

    internal SnapshotSet Snapshots => _snapshots;

    /// <summary>Searches of a directory, over its local copy where it has one.</summary>
    public IRecipientSearch OverCopy(string directory, IRecipientSearch live) => _snapshots.Of(directory) is { } keeper ? new CopySearch(keeper, live) : live;

    internal SheetCache Cache => _cache;

    internal Flights Flights => _flights;

    internal CompiledModel Model => _model;

    /// <summary>Makes a resolver and begins to probe the directories in the background; it does not wait for them.</summary>
    /// <param name="seed">Of the chance by which times are spread.</param>
    /// <exception cref="ArgumentException">What the configuration's check should have found: a name that is not there, a domain twice in a view, a namespace without directories.</exception>
    public static Resolver Create(
        ResolverModel model, IReadOnlyList<IDirectory> directories, ILoggerFactory loggers, TimeProvider time, long seed, SecondLevel? second = null)
    {
        var resolver = new Resolver(model, directories, loggers, time, seed, second ?? new SecondLevel());
        foreach (var directory in resolver._directories)
            directory.StartProbing();
        resolver._snapshots.Start();
        return resolver;
    }

    /// <summary>To be called before the first lookup, so that none is answered without the administrator's word. A store that is down is not waited for longer than this; its overrides count when it is back.</summary>
    public async ValueTask LoadOverridesAsync(TimeSpan limit)
    {
        var loading = _overrides.LoadAsync(_closing.Token);
        await Task.WhenAny(loading, Task.Delay(limit, _clock.Time, _closing.Token));
    }

    public ValueTask<FlushResult> FlushAsync(FlushScope scope, CancellationToken cancellationToken) => _flusher.FlushAsync(scope, _model, cancellationToken);

    public ValueTask<Verdict> ResolveAsync(LookupRequest request, CancellationToken cancellationToken)
    {
        var model = _model;
        if (!model.View(request.View).TryFind(request.Address.Domain, out var entry))
        {
            _metrics.Lookup(LookupTags.NotOurs, VerdictKind.NotOurs, LookupSource.Rule);
            return new(Verdicts.NotOurs(request.Address));
        }

        var ns = entry.Namespace;
        if (_overrides.Find(entry, request.Address) is { } word && (word.IsValid || !request.Address.IsPostmaster))
            return new(Overridden(entry, request, word));
        if (IsAlwaysValid(ns, request.Address.LocalPart))
        {
            _metrics.Lookup(ns.Tags, VerdictKind.Valid, LookupSource.Rule);
            return new(Verdicts.AlwaysValid(ns, request.Address, SheetKey.Canonical(entry, request.Address), request.Explain));
        }

        if (Volatile.Read(ref _closed) != 0)
            return new(Verdicts.NotReady(request.Address));

        var now = _clock.Now;
        if (request.Everywhere)
        {
            if (_clockWatch.Notices())
                now = _clock.Now;
            return _live.RunAsync(entry, request, now, model.Deadline, cancellationToken);
        }

        var verdict = _memory.TryDecide(entry, request, now, out var source);

        // Those who exist are many, and theirs may be old.
        if (verdict is not { Kind: VerdictKind.Valid } && _clockWatch.Notices())
            verdict = _memory.TryDecide(entry, request, now = _clock.Now, out source);
        if (verdict is null)
            return _live.RunAsync(entry, request, now, model.Deadline, cancellationToken);
        _metrics.Lookup(ns.Tags, verdict.Kind, source);
        return new(verdict);
    }

    public async ValueTask<bool> IsolateAsync(string directory, string? server, CancellationToken cancellationToken)
    {
        var found = Find(directory, server);
        foreach (var asker in found)
            await asker.IsolateAsync();
        return !found.IsEmpty;
    }

    public async ValueTask<bool> CloseAsync(string directory, string? server, CancellationToken cancellationToken)
    {
        var found = Find(directory, server);
        await Task.WhenAll(found.Select(static asker => asker.CloseAsync()));
        return !found.IsEmpty;
    }

    public ValueTask<string?> AcceptAsync(string directory, CancellationToken cancellationToken)
    {
        var found = _directories.FirstOrDefault(asker => asker.Name == directory);
        return new(found is not null && found.Accept() ? Guarding.GuardText.Accepted(directory) : null);
    }

    /// <summary>Lets what is under way end, for the time of one lookup at most; then cancels it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        if (!await _flights.DrainAsync(_model.Deadline))
            ResolutionLog.DrainGaveUp(_logger, _flights.Count, _model.Deadline);
        CancelQuestions();
        foreach (var directory in _directories)
            await directory.DisposeAsync();
        await _snapshots.DisposeAsync();
        _metrics.Dispose();
        _tracing.Dispose();

        // Not the cache, which is memory and nothing else: a question that ends late still finds it.
    }

    /// <summary>They may be older than the resolver's time tells.</summary>
    private void ForgetAbsences(TimeSpan jump)
    {
        foreach (var directory in _directories)
            directory.ForgetAbsences();
        ResolutionLog.ClockJumped(_logger, jump);
    }

    /// <summary>Not in the background: when this returns every question has been told.</summary>
    private void CancelQuestions() => _closing.Cancel();

    private static bool IsAlwaysValid(NamespaceState ns, ReadOnlySpan<char> localPart) =>
        ns.IsAlwaysValid(localPart)
        || (RecipientDelimiter.IndexOf(localPart, ns.Delimiters) is var end && end > 0 && ns.IsAlwaysValid(localPart[..end]));

    private Verdict Overridden(in DomainEntry entry, in LookupRequest request, Override word)
    {
        var verdict = Verdicts.Overridden(
            entry.Namespace, request.Address, SheetKey.Canonical(entry, request.Address), word, _clock.Time.GetUtcNow() - word.SetAt, request.Explain);
        _metrics.Lookup(entry.Namespace.Tags, verdict.Kind, LookupSource.Override);
        return verdict;
    }

    private ImmutableArray<ServerAsker> Find(string directory, string? server) =>
        [.. _directories
            .Where(d => d.Name == directory)
            .SelectMany(static d => d.Servers)
            .Where(s => server is null || s.Name == server)];
}
