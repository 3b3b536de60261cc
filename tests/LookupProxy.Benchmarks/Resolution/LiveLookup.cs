using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Benchmarks.Resolution;

/// <summary>What the resolver adds when memory does not decide: flight, circuits, evidence. The directories cost nothing.</summary>
[MemoryDiagnoser]
public class LiveLookup : IAsyncDisposable
{
    private readonly Address _anna = Mail.Of("anna@corp.example");
    private readonly Address _nobody = Mail.Of("nobody@corp.example");
    private Resolver? _resolver;
    private Resolver? _outage;

    [Params(2, 4)]
    public int Directories { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        _resolver = Federations.Of(Make(), new CacheSettings { Exists = TimeSpan.Zero, Absent = TimeSpan.Zero, StaleFor = TimeSpan.Zero });

        // All circuits open; Anna is known from before.
        var directories = Make();
        _outage = Federations.Of(directories, new CacheSettings { Exists = TimeSpan.FromMilliseconds(10) });
        await _outage.ResolveAsync(new LookupRequest(_anna), default);
        foreach (var directory in directories)
            directory.Fails = true;
        await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        for (var i = 0; i < 20; i++)
            await _outage.ResolveAsync(new LookupRequest(_anna), default);
        if (_outage.Current.Any(static directory => directory.CanAnswer))
            throw new InvalidOperationException("a circuit is still closed");
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        await _resolver!.DisposeAsync();
        GC.SuppressFinalize(this);
        await _outage!.DisposeAsync();
    }

    [Benchmark]
    public ValueTask<Verdict> Valid() => _resolver!.ResolveAsync(new LookupRequest(_anna), default);

    [Benchmark]
    public ValueTask<Verdict> Invalid() => _resolver!.ResolveAsync(new LookupRequest(_nobody), default);

    [Benchmark]
    public ValueTask<Verdict> StaleWhileAllCircuitsAreOpen() => _outage!.ResolveAsync(new LookupRequest(_anna), default);

    [Benchmark]
    public ValueTask<Verdict> UnknownWhileAllCircuitsAreOpen() => _outage!.ResolveAsync(new LookupRequest(_nobody), default);

    private InstantDirectory[] Make() => [.. Enumerable.Range(0, Directories).Select(static i => new InstantDirectory($"d{i}", (char)('a' + i)))];
}
