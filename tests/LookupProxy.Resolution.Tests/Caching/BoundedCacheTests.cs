using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Resolution.Tests.Caching;

public sealed class BoundedCacheTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly NamespaceState _namespace;

    public BoundedCacheTests() => _namespace = new NamespaceState(
        new NamespaceDefinition { Name = "n", Domains = ["corp.example"], Directories = ["d"] }, [new NobodyAsks()]);

    [Fact]
    public async Task Full_it_keeps_learning_and_stays_within_its_bound()
    {
        var clock = new SheetClock(_time);
        using var cache = new BoundedCache(1000, clock);
        for (var i = 0; i < 20_000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            cache.Set(Sheet(i), long.MaxValue / 4);
            Assert.True(cache.Count <= 1000 + 15, $"{cache.Count}");
            if (i % 10 == 0)
                await Settled(cache);
        }

        await Settled(cache);
        Assert.Equal(0, cache.Dropped);
        Assert.NotNull(cache.Find(Sheet(19_999).Key));
        Assert.InRange(cache.Count, 700, 1000);
        Assert.InRange(cache.Evicted, 18_000, 20_000 - cache.Count);
    }

    [Fact]
    public async Task What_was_used_last_stays()
    {
        var clock = new SheetClock(_time);
        using var cache = new BoundedCache(1000, clock);
        for (var i = 0; i < 5000; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            cache.Set(Sheet(i), long.MaxValue / 4);
            Assert.NotNull(cache.Find(Sheet(0).Key));
            if (i % 10 == 0)
                await Settled(cache);
        }
    }

    [Fact]
    public async Task From_many_threads_it_stays_within_its_bound_and_learns_again_after_a_flood()
    {
        var clock = new SheetClock(_time);
        using var cache = new BoundedCache(500, clock);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
                cache.Set(Sheet((thread * 1_000_000) + i), long.MaxValue / 4);
        })));
        Assert.True(cache.Count <= 500 + (8 * 8), $"{cache.Count}");

        // Whatever was turned away in the flood, afterwards there is room again.
        await Settled(cache);
        var learnt = 0;
        for (var i = 0; i < 1000; i++)
        {
            cache.Set(Sheet(-1 - i), long.MaxValue / 4);
            await Settled(cache);
            learnt += cache.Find(Sheet(-1 - i).Key) is null ? 0 : 1;
        }

        Assert.True(learnt > 950, $"{learnt}");
    }

    [Fact]
    public void What_is_past_its_end_is_not_found()
    {
        var clock = new SheetClock(_time);
        using var cache = new BoundedCache(10, clock);
        cache.Set(Sheet(1), TimeSpan.FromSeconds(5).Ticks);
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.NotNull(cache.Find(Sheet(1).Key));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Null(cache.Find(Sheet(1).Key));
    }

    private static async Task Settled(BoundedCache cache)
    {
        while (cache.IsCompacting)
            await Task.Yield();
    }

    private AnswerSheet Sheet(int number)
    {
        var address = Mail.Of($"a{number}@corp.example");
        return new AnswerSheet(_namespace, SheetKey.Of(_namespace, address)).With(0, new Slot(Answer.No, 0, 1, 0));
    }

    private sealed class NobodyAsks : IDirectoryAsker
    {
        public string Name => "d";

        public long AbsencesCountFrom => long.MinValue;

        public ValueTask<Answer> AskAsync(Core.Addresses.Address address, long? seenAt) => throw new NotSupportedException();
    }
}
