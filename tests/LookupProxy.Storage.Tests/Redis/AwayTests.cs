using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Tests.Encoding;
using LookupProxy.Storage.Tests.Redis.Servers;
using LookupProxy.TestKit.Addresses;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.Storage.Tests.Redis;

/// <summary>While Redis is away each node goes on by itself, at once.</summary>
public sealed class AwayTests
{
    private const string Anna = "shared\nanna@corp.example";

    /// <summary>For a hundred reads: far below their limits, far above what refusals take.</summary>
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_start_without_Redis_waits_for_nothing_and_is_mended_later()
    {
        await using var redis = RedisProcess.Prepare();
        await using var node = Node.Begin(redis.Port);

        Assert.Equal("", await node.FindAsync(Anna));
        node.Store.Keep(Sheets.Of(Anna, Sheets.Exists("contoso")));
        await Eventually.TrueAsync(() => node.Store.Health.Detail?.Contains("cannot be reached", StringComparison.Ordinal) == true, () => node.Store.Health.ToString());
        Assert.Equal((false, 1), (node.Store.Health.IsWorking, node.Store.Health.Pending));

        await redis.StartAsync();
        await node.WorksAsync();
        await node.WrittenAsync();
        await FoundAsync(node, Anna);
        Assert.Null(node.Store.Health.Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task When_Redis_goes_away_nobody_waits_and_nothing_is_lost(bool hangs)
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var node = await Node.StartAsync(redis.Port, static options => options with { ReadTimeout = TimeSpan.FromMilliseconds(50) });
        await node.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));

        await (hangs ? redis.HangAsync() : redis.KillAsync());
        await node.WorksNotAsync();

        await AllAtOnceAsync(node);
        node.Store.Keep(Sheets.Of("shared\ntom@corp.example", Sheets.Exists("contoso")));
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        Assert.False(node.Store.Health.IsWorking);
        Assert.NotNull(node.Store.Health.Detail);

        await (hangs ? redis.GoOnAsync() : redis.StartAsync());
        await node.WorksAsync();
        await node.WrittenAsync();
        await FoundAsync(node, "shared\ntom@corp.example");
        Assert.Equal(0, node.Store.Health.Dropped);
    }

    [Fact]
    public async Task Reads_that_are_under_way_when_Redis_hangs_end_in_their_time()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var node = await Node.StartAsync(redis.Port, static options => options with { ReadTimeout = TimeSpan.FromMilliseconds(50) });
        await redis.HangAsync();

        var began = TimeProvider.System.GetTimestamp();
        var reads = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => node.FindAsync($"shared\nu{i}@corp.example")));

        Assert.All(reads, static read => Assert.Equal("", read));
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.False(node.Store.Health.IsWorking);
        await AllAtOnceAsync(node);
        await redis.GoOnAsync();
        await node.WorksAsync();
    }

    [Fact]
    public async Task A_Redis_that_stays_slow_is_not_tried_on_lookups_again_and_again()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var node = await Node.StartAsync(redis.Port, static options => options with { ReadTimeout = TimeSpan.FromTicks(1) });
        for (var i = 0; i < 20; i++)
            await node.FindAsync(Anna);
        await Eventually.TrueAsync(() => !node.Store.Health.IsWorking, static () => "it is left");

        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);

        Assert.False(node.Store.Health.IsWorking);
        Assert.Contains("does not answer within", node.Store.Health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_newest_of_what_waits_is_written_when_there_is_too_much()
    {
        await using var redis = RedisProcess.Prepare();
        await using var node = Node.Begin(redis.Port, static options => options with { QueueLimit = 10 });
        for (var i = 0; i < 25; i++)
            node.Store.Keep(Sheets.Of($"shared\nu{i}@corp.example", Sheets.Exists("contoso")));
        // The writer may have taken some in hand already.
        Assert.InRange(node.Store.Health.Dropped, 5, 15);

        await redis.StartAsync();
        await node.WorksAsync();
        await node.WrittenAsync();

        Assert.Equal("contoso:Exists", await node.FindAsync("shared\nu24@corp.example"));
        Assert.Equal("contoso:Exists", await node.FindAsync("shared\nu15@corp.example"));
    }

    [Fact]
    public async Task What_was_flushed_while_Redis_was_away_is_forgotten_before_Redis_is_used_again()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var relay = new TcpRelay(redis.Port);
        await using var cut = await Node.StartAsync(relay.Port);
        await using var other = await Node.StartAsync(redis.Port);
        await other.KeepAsync(Sheets.Of(Anna, Sheets.Absent("contoso")));

        await relay.CutAsync();
        await cut.WorksNotAsync();
        var scope = new FlushScope.OfDomain("corp.example");
        await cut.Store.ForgetAsync(scope, CancellationToken.None);
        Assert.Equal(Telling.Waits, await cut.News.FlushedAsync(scope, CancellationToken.None));
        Assert.Equal("contoso:Absent", await other.FindAsync(Anna));

        relay.Mend();
        await cut.WorksAsync();
        Assert.Equal("", await cut.FindAsync(Anna));
        await other.HearsAsync($"flushed {scope}");
        Assert.Equal("", await other.FindAsync(Anna));
    }

    [Fact]
    public async Task What_is_flushed_just_before_Redis_is_used_again_is_forgotten_too()
    {
        await using var redis = await RedisProcess.StartAsync();
        await using var relay = new TcpRelay(redis.Port);
        await using var cut = await Node.StartAsync(relay.Port);
        await using var other = await Node.StartAsync(redis.Port);
        await other.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));
        await relay.CutAsync();
        await cut.WorksNotAsync();
        await other.News.OverriddenAsync(new Override(Mail.Of("tom@corp.example"), IsValid: true, DateTimeOffset.MaxValue, "", DateTimeOffset.UnixEpoch), CancellationToken.None);

        // It hears of that when it has forgotten what waited, and before it uses Redis.
        cut.OnOverridden = () => _ = cut.Store.ForgetAsync(new FlushScope.OfAddress(Mail.Of("anna@corp.example")), CancellationToken.None).AsTask();
        relay.Mend();
        await cut.WorksAsync();

        var found = "";
        for (var i = 0; i < 100 && (found = await other.FindAsync(Anna)).Length > 0; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        Assert.Equal("", found);
    }

    private static async Task AllAtOnceAsync(Node node)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 100; i++)
        {
            var find = node.FindAsync(Anna);
            Assert.True(find.IsCompletedSuccessfully, "a read waits for Redis");
            Assert.Equal("", await find);
        }

        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, AtOnce);
    }

    /// <summary>A read that comes too late on a busy machine finds nothing.</summary>
    private static async Task FoundAsync(Node node, string key)
    {
        var found = await node.FindAsync(key);
        for (var i = 0; i < 100 && found.Length == 0; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            found = await node.FindAsync(key);
        }

        Assert.Equal("contoso:Exists", found);
    }
}
