using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Tests.Redis.Servers;
using LookupProxy.TestKit.Addresses;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.Storage.Tests.Redis;

/// <summary>What one node's administrator does, all nodes hear: at once, or when they can.</summary>
public sealed class NewsTests : IAsyncLifetime
{
    private RedisProcess _redis = null!;
    private TcpRelay _wire = null!;
    private Node _one = null!;
    private Node _cut = null!;

    public async ValueTask InitializeAsync()
    {
        _redis = await RedisProcess.StartAsync();
        _wire = new TcpRelay(_redis.Port);
        _one = await Node.StartAsync(_redis.Port);
        _cut = await Node.StartAsync(_wire.Port);
    }

    public async ValueTask DisposeAsync()
    {
        if (_one is not null)
            await _one.DisposeAsync();
        if (_cut is not null)
            await _cut.DisposeAsync();
        if (_wire is not null)
            await _wire.DisposeAsync();
        if (_redis is not null)
            await _redis.DisposeAsync();
    }

    [Fact]
    public async Task News_reach_the_others_within_a_second_and_not_oneself()
    {
        await using var third = await Node.StartAsync(_redis.Port);
        var began = TimeProvider.System.GetTimestamp();

        Assert.Equal(Telling.Done, await _one.News.FlushedAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None));
        Assert.Equal(Telling.Done, await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None));
        Assert.Equal(Telling.Done, await _one.News.OverrideRemovedAsync("tom@corp.example", CancellationToken.None));

        string[] all = ["flushed OfDomain { Domain = corp.example }", "anna@corp.example valid", "tom@corp.example removed"];
        await _cut.HearsAsync(all[2]);
        await third.HearsAsync(all[2]);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(all, _cut.Heard);
        Assert.Equal(all, third.Heard);
        Assert.DoesNotContain(all[0], _one.Heard);
    }

    [Fact]
    public async Task An_override_is_heard_as_it_was_said()
    {
        var entry = Entry("anna") with { Why = "moves in today, Grüße" };

        await _one.News.OverriddenAsync(entry, CancellationToken.None);

        await _cut.HearsAsync("anna@corp.example valid");
        Assert.Equal(entry, _cut.Overrides["anna@corp.example"]);
    }

    [Fact]
    public async Task A_node_that_was_cut_off_hears_all_of_it_in_order_and_once()
    {
        await _one.News.OverriddenAsync(Entry("tom"), CancellationToken.None);
        await _cut.HearsAsync("tom@corp.example valid");
        await CutAsync();

        await _one.News.FlushedAsync(new FlushScope.OfDomain("a.example"), CancellationToken.None);
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _one.News.OverrideRemovedAsync("tom@corp.example", CancellationToken.None);
        await _one.News.FlushedAsync(new FlushScope.OfDomain("b.example"), CancellationToken.None);
        await MendAsync();

        Assert.Equal(
            ["tom@corp.example valid", "flushed OfDomain { Domain = a.example }", "anna@corp.example valid", "tom@corp.example removed", "flushed OfDomain { Domain = b.example }"],
            _cut.Heard);
        Assert.Equal(["anna@corp.example"], _cut.Overrides.Keys);
    }

    [Fact]
    public async Task What_a_node_that_is_cut_off_says_is_heard_when_it_is_back()
    {
        await CutAsync();

        Assert.Equal(Telling.Waits, await _cut.News.OverriddenAsync(Entry("anna"), CancellationToken.None));
        Assert.Equal(Telling.Waits, await _cut.News.FlushedAsync(new FlushScope.OfAll(), CancellationToken.None));
        await MendAsync();

        await _one.HearsAsync("anna@corp.example valid");
        await _one.HearsAsync("flushed OfAll { }");
        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal(["anna@corp.example"], later.Overrides.Keys);
    }

    [Fact]
    public async Task More_flushes_than_can_wait_become_one_of_everything()
    {
        await CutAsync();
        await _cut.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        for (var i = 0; i < 1500; i++)
            Assert.Equal(Telling.Waits, await _cut.News.FlushedAsync(new FlushScope.OfDomain($"d{i}.example"), CancellationToken.None));
        await MendAsync();

        await _one.HearsAsync("anna@corp.example valid");
        await _one.HearsAsync("flushed OfDomain { Domain = d1499.example }");
        Assert.Equal("flushed OfAll { }", _one.Heard[0]);
        Assert.Single(_one.Overrides);
    }

    [Fact]
    public async Task Overrides_that_wait_are_no_flush_however_many_they_are()
    {
        await CutAsync();
        for (var i = 0; i < 1100; i++)
            Assert.Equal(Telling.Waits, await _cut.News.OverriddenAsync(Entry($"p{i}"), CancellationToken.None));
        await MendAsync();

        await _one.HearsAsync("p1099@corp.example valid");
        Assert.DoesNotContain("flushed OfAll { }", _one.Heard);
        Assert.Equal(1100, _one.Overrides.Count);
    }

    [Fact]
    public async Task A_node_that_has_missed_too_much_forgets_everything()
    {
        await _one.News.OverriddenAsync(Entry("tom"), CancellationToken.None);
        await _cut.HearsAsync("tom@corp.example valid");
        await CutAsync();
        await _one.News.OverrideRemovedAsync("tom@corp.example", CancellationToken.None);
        for (var i = 0; i < RedisScripts.LogLimit + 5; i++)
            Assert.Equal(Telling.Done, await _one.News.FlushedAsync(new FlushScope.OfDomain($"d{i}.example"), CancellationToken.None));
        await MendAsync();

        Assert.Equal("flushed OfAll { }", _cut.Heard[1]);
        Assert.Empty(_cut.Overrides);
        Assert.Equal(RedisScripts.LogLimit.ToString(), await _redis.RunAsync("zcard", "lookupproxy:{news}:log"));
    }

    [Fact]
    public async Task A_node_that_starts_later_has_the_overrides_before_it_answers()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _one.News.OverriddenAsync(Entry("tom"), CancellationToken.None);
        await _one.News.OverriddenAsync(Entry("old") with { Until = TimeProvider.System.GetUtcNow().AddSeconds(-1) }, CancellationToken.None);
        await _one.News.OverrideRemovedAsync("tom@corp.example", CancellationToken.None);

        await using var later = Node.Begin(_redis.Port);
        var loaded = await later.Level.Overrides.LoadAsync(CancellationToken.None);

        Assert.Equal("anna@corp.example", Assert.Single(loaded).Address.Text);
    }

    [Fact]
    public async Task Overrides_survive_a_Redis_that_has_lost_everything()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _cut.HearsAsync("anna@corp.example valid");

        await _redis.KillAsync();
        await _one.WorksNotAsync();
        await _cut.WorksNotAsync();
        await _redis.StartAsync();
        await _one.WorksAsync();
        await _cut.WorksAsync();

        Assert.Equal(["anna@corp.example"], _cut.Overrides.Keys);
        Assert.DoesNotContain("flushed OfAll { }", _cut.Heard);
        await using var later = await Node.StartAsync(_redis.Port);
        await later.HearsAsync("anna@corp.example valid");
        Assert.Equal(Telling.Done, await later.News.OverrideRemovedAsync("anna@corp.example", CancellationToken.None));
        await _cut.HearsAsync("anna@corp.example removed");
        await _one.HearsAsync("anna@corp.example removed");
        Assert.Empty(_one.Overrides);
    }

    [Fact]
    public async Task Overrides_survive_a_Redis_that_has_lost_everything_also_when_another_node_has_told_something_since()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _cut.HearsAsync("anna@corp.example valid");
        await CutAsync();
        await _one.DisposeAsync();
        await _redis.RunAsync("flushall");
        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal(Telling.Done, await later.News.FlushedAsync(new FlushScope.OfDomain("a.example"), CancellationToken.None));
        await MendAsync();

        await later.HearsAsync("anna@corp.example valid");
        Assert.Equal(["anna@corp.example"], _cut.Overrides.Keys);
        Assert.DoesNotContain("anna@corp.example removed", _cut.Heard);
    }

    [Fact]
    public async Task Lost_messages_are_noticed_and_read_afterwards()
    {
        // The connection that hears is gone for a moment, the one that asks is not.
        await _redis.RunAsync("client", "kill", "type", "pubsub");
        await _one.News.FlushedAsync(new FlushScope.OfAll(), CancellationToken.None);

        await _cut.HearsAsync("flushed OfAll { }");
        Assert.Single(_cut.Heard);
    }

    [Fact]
    public async Task Rubbish_on_the_channel_harms_nobody()
    {
        await _redis.RunAsync("publish", "lookupproxy:news", "rubbish");
        await _redis.RunAsync("publish", "lookupproxy:news", new string('9', 32) + "rubbish");
        await _redis.RunAsync("zadd", "lookupproxy:{news}:log", "9", "rubbish");
        await _redis.RunAsync("hset", "lookupproxy:{news}:overrides", "x@y.example", "rubbish");

        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);

        await _cut.HearsAsync("anna@corp.example valid");
        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal(["anna@corp.example"], later.Overrides.Keys);
    }

    [Fact]
    public async Task Overrides_that_are_long_past_are_kept_no_more()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _one.News.OverriddenAsync(Entry("old") with { Until = TimeProvider.System.GetUtcNow().AddDays(-2) }, CancellationToken.None);
        await using var third = await Node.StartAsync(_redis.Port);
        var began = TimeProvider.System.GetTimestamp();
        while (await _redis.RunAsync("hlen", "lookupproxy:{news}:overrides") != "1")
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Node.Soon);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal("anna@corp.example", Assert.Single(await later.Level.Overrides.LoadAsync(CancellationToken.None)).Address.Text);
    }

    [Fact]
    public async Task Overrides_that_are_long_past_only_for_a_clock_that_is_ahead_are_kept()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await using var ahead = Node.Begin(_redis.Port, static options => options with { LookOverEvery = TimeSpan.FromMilliseconds(100) }, new Ahead(TimeSpan.FromDays(3)));
        await ahead.WorksAsync();
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);

        Assert.Equal("1", await _redis.RunAsync("hlen", "lookupproxy:{news}:overrides"));
    }

    [Fact]
    public async Task What_Redis_evicts_is_given_back_and_taken_from_nobody()
    {
        await using var third = await Node.StartAsync(_redis.Port, static options => options with { LookOverEvery = TimeSpan.FromMilliseconds(100) });
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await third.HearsAsync("anna@corp.example valid");
        await _redis.RunAsync("del", "lookupproxy:{news}:overrides");

        var began = TimeProvider.System.GetTimestamp();
        while (await _redis.RunAsync("hlen", "lookupproxy:{news}:overrides") != "1")
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Node.Soon);
        Assert.DoesNotContain("anna@corp.example removed", third.Heard);
        await CutAsync();
        await MendAsync();
        Assert.DoesNotContain("anna@corp.example removed", _cut.Heard);
    }

    [Fact]
    public async Task A_node_that_starts_while_Redis_is_full_has_the_overrides()
    {
        await _one.News.OverriddenAsync(Entry("anna"), CancellationToken.None);
        await _redis.RunAsync("config", "set", "maxmemory", "1");

        await using var later = await Node.StartAsync(_redis.Port);
        Assert.Equal(["anna@corp.example"], later.Overrides.Keys);
    }

    private sealed class Ahead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + by;
    }

    private static Override Entry(string localPart)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return new Override(Mail.Of($"{localPart}@corp.example"), true, now.AddHours(1), "because", now);
    }

    private async Task CutAsync()
    {
        await _wire.CutAsync();
        await _cut.WorksNotAsync();
    }

    private async Task MendAsync()
    {
        _wire.Mend();
        await _cut.WorksAsync();
    }
}
