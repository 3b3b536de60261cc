using System.Diagnostics.Metrics;
using BenchmarkDotNet.Attributes;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Benchmarks.Resolution;

/// <summary>Verdicts from memory, over so many known addresses in turn, each with an address object of its own as a request brings it.</summary>
[MemoryDiagnoser]
public class CachedLookup : IAsyncDisposable
{
    private Resolver? _resolver;
    private MeterListener? _listener;
    private Address[] _asked = [];
    private int _next;

    public enum What
    {
        Valid,
        Invalid,
        ValidExtended,
        ValidMixedCase,
    }

    [Params(What.Valid, What.Invalid, What.ValidExtended, What.ValidMixedCase)]
    public What Asked { get; set; }

    [Params(1000, 200_000)]
    public int Known { get; set; }

    /// <summary>Somebody listens to the metrics.</summary>
    [Params(false, true)]
    public bool Metered { get; set; }

    [GlobalSetup]
    public async Task Learn()
    {
        _resolver = Federations.Of([new("contoso", 'a'), new("fabrikam", 'b')], new CacheSettings { Absent = TimeSpan.FromHours(1), MaxAbsent = 1_000_000 });
        _asked = new Address[Known];
        for (var i = 0; i < Known; i++)
        {
            var (learn, ask) = Asked switch
            {
                What.Invalid => ($"nobody.lastname{i}@corp.example", $"nobody.lastname{i}@corp.example"),
                What.ValidExtended => ($"anna.lastname{i}@corp.example", $"anna.lastname{i}+news@corp.example"),
                What.ValidMixedCase => ($"anna.lastname{i}@corp.example", $"Anna.Lastname{i}@corp.example"),
                _ => ($"anna.lastname{i}@corp.example", $"anna.lastname{i}@corp.example"),
            };
            await _resolver.ResolveAsync(new LookupRequest(Mail.Of(learn)), default);
            _asked[i] = Mail.Of(ask);
        }

        if (!Metered)
            return;
        _listener = new MeterListener { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        _listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => { });
        _listener.Start();
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _listener?.Dispose();
        await _resolver!.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public VerdictKind Resolve()
    {
        var address = _asked[_next];
        _next = _next + 1 < _asked.Length ? _next + 1 : 0;
        var lookup = _resolver!.ResolveAsync(new LookupRequest(address), default);
        return lookup.IsCompletedSuccessfully ? lookup.Result.Kind : throw new InvalidOperationException("memory should have decided");
    }
}
