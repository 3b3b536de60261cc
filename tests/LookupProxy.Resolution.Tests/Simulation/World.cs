using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.TestKit.Addresses;
using LookupProxy.TestKit.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Resolution.Tests.Simulation;

/// <summary>A resolver, its directories and time, all on the test's own thread.</summary>
internal sealed class World : IDisposable
{
    private readonly Pump _pump = new();
    private readonly SynchronizationContext? _before = SynchronizationContext.Current;

    private readonly ResolverModel _model;
    private readonly ILoggerFactory _loggers;
    private readonly SecondLevel? _second;

    private World(ManualTimeProvider time, ScriptedDirectory[] directories, ResolverModel model, ILoggerFactory? loggers, SecondLevel? second)
    {
        SynchronizationContext.SetSynchronizationContext(_pump);
        Time = time;
        Directories = directories;
        (_model, _loggers, _second) = (model, loggers ?? NullLoggerFactory.Instance, second);
        Resolver = Create();
    }

    public ManualTimeProvider Time { get; }

    public ScriptedDirectory[] Directories { get; }

    public Resolver Resolver { get; private set; }

    public TimeSpan Deadline => Resolver.Model.Deadline;

    public ScriptedServer this[int directory] => Directories[directory].Server;

    /// <summary>Directories d0, d1, … of so many servers each, sharing corp.example (and its alias alias.example) in the namespace "shared". No background probes, no guard, no jitter.</summary>
    public static World Of(
        int directories, int servers = 1, Func<ResolverModel, ResolverModel>? change = null, ILoggerFactory? loggers = null, Action<ScriptedDirectory[]>? prepare = null,
        TimeSpan? later = null, Func<TimeProvider, SecondLevel>? second = null)
    {
        var time = new ManualTimeProvider(ManualTimeProvider.DefaultStart + (later ?? TimeSpan.Zero));
        ScriptedDirectory[] made = [.. Enumerable.Range(0, directories).Select(d => new ScriptedDirectory(
            $"d{d}", [.. Enumerable.Range(0, servers).Select(s => new ScriptedServer($"d{d}s{s}", time))]))];
        prepare?.Invoke(made);
        var model = Model(made);
        return new World(time, made, change is null ? model : change(model), loggers, second?.Invoke(time));
    }

    public static readonly ResilienceSettings Alone = new() { ProbeIdleAfter = Timeout.InfiniteTimeSpan, Guard = new GuardSettings { Enabled = false } };

    public static ResolverModel Model(IEnumerable<ScriptedDirectory> directories)
    {
        ImmutableArray<string> names = [.. directories.Select(static d => d.Name)];
        return new ResolverModel
        {
            Namespaces =
            [
                new NamespaceDefinition
                {
                    Name = "shared",
                    Domains = ["corp.example"],
                    DomainAliases = ImmutableDictionary<string, string>.Empty.Add("alias.example", "corp.example"),
                    Directories = names,
                    RecipientDelimiter = "+",
                },
            ],
            Resilience = names.ToImmutableDictionary(static name => name, static _ => Alone),
            Cache = new CacheSettings { Jitter = 0 },
        };
    }

    /// <summary>The process ends and another begins: memory is empty, and what is behind it stays.</summary>
    /// <param name="change">Of the configuration, meanwhile.</param>
    public void Restart(Func<ResolverModel, ResolverModel>? change = null)
    {
        Finish(Resolver.DisposeAsync().AsTask());
        Resolver = Create(change);
    }

    public Task<Verdict> Start(string address, bool explain = false, CancellationToken cancellationToken = default) =>
        Start(Mail.Of(address), explain, cancellationToken);

    public Task<Verdict> Start(Address address, bool explain = false, CancellationToken cancellationToken = default)
    {
        var task = Resolver.ResolveAsync(new LookupRequest(address, null, explain), cancellationToken).AsTask();
        _pump.Drain();
        return task;
    }

    /// <summary>Looks up and lets as much time pass as that takes.</summary>
    public Verdict Ask(string address, bool explain = false) => Finish(Start(address, explain));

    public T Finish<T>(Task<T> task)
    {
        Until(() => task.IsCompleted);
        return task.GetAwaiter().GetResult();
    }

    public void Finish(Task task)
    {
        Until(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    public void Advance(TimeSpan by)
    {
        // Timer by timer, so that continuations run at the time at which they would.
        var end = Time.Elapsed + by;
        _pump.Drain();
        while (Time.NextDueIn is { } next && Time.Elapsed + next <= end)
        {
            Time.Advance(next < TimeSpan.Zero ? TimeSpan.Zero : next);
            _pump.Drain();
        }

        Time.Advance(end - Time.Elapsed);
        _pump.Drain();
    }

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Runs until something is so; time moves from timer to timer.</summary>
    public void Until(Func<bool> condition)
    {
        for (var steps = 0; ; steps++)
        {
            _pump.Drain();
            if (condition())
                return;
            if (steps > 100_000)
                throw new InvalidOperationException("Nothing comes of it.");
            if (Time.NextDueIn is { } next)
                Time.Advance(next < TimeSpan.Zero ? TimeSpan.Zero : next);
            else if (!_pump.DrainOne(TimeSpan.FromSeconds(5)))
                throw new InvalidOperationException("Nobody is left to finish it.");
        }
    }

    private Resolver Create(Func<ResolverModel, ResolverModel>? change = null)
    {
        var resolver = Resolver.Create(change is null ? _model : change(_model), Directories, _loggers, Time, seed: 42, _second);
        _pump.Drain();
        return resolver;
    }

    public void Dispose()
    {
        // What hangs and heeds no token is the world's end, not the resolver's.
        Finish(Resolver.DisposeAsync().AsTask());
        SynchronizationContext.SetSynchronizationContext(_before);
        _pump.Dispose();
    }
}
