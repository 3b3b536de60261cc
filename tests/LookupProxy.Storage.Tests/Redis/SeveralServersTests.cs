using LookupProxy.Core.Storage;
using LookupProxy.Storage.Tests.Encoding;
using LookupProxy.Storage.Tests.Redis.Servers;

namespace LookupProxy.Storage.Tests.Redis;

/// <summary>A Redis Cluster, and a primary with its replica.</summary>
public sealed class SeveralServersTests
{
    [Fact]
    public async Task A_Redis_Cluster_is_known_by_one_of_its_nodes()
    {
        await using var cluster = await RedisCluster.StartAsync();
        await using var one = await Node.StartAsync(cluster.Ports[0]);
        await using var other = await Node.StartAsync(cluster.Ports[2]);

        // Enough that each server gets some.
        for (var i = 0; i < 50; i++)
            one.Store.Keep(Sheets.Of(Key(i), Sheets.Exists("contoso")));
        await one.WrittenAsync();

        for (var i = 0; i < 50; i++)
            Assert.Equal("contoso:Exists", await other.FindAsync(Key(i)));
        Assert.All(await cluster.SizesAsync(), static size => Assert.True(size > 0));
        Assert.Equal(0, one.Store.Health.Dropped);

        await one.Store.ForgetAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None);
        Assert.Equal(Telling.Done, await one.News.FlushedAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None));
        await other.HearsAsync("flushed OfDomain { Domain = corp.example }");
        Assert.Equal("", await other.FindAsync(Key(7)));
    }

    /// <summary>One whose keys are not the news': the rest goes on, at once and however much it is, and what is that server's waits.</summary>
    [Fact]
    public async Task A_server_of_a_Redis_Cluster_may_be_away()
    {
        await using var cluster = await RedisCluster.StartAsync("--cluster-require-full-coverage", "no");
        await using var node = Node.Begin(cluster.Ports);
        await node.WorksAsync();
        await cluster.WithoutNews.KillAsync();

        for (var i = 0; i < 2500; i++)
            node.Store.Keep(Sheets.Of(Key(i), Sheets.Exists("contoso")));
        await Eventually.TrueAsync(() => node.Store.Health.Pending < 1000, () => $"those of the others are written; {node.Store.Health}");
        await Eventually.TrueAsync(() => node.Store.Health.Detail is not null, () => $"why some wait is said; {node.Store.Health}");
        Assert.Contains($"127.0.0.1:{cluster.WithoutNews.Port} cannot be reached", node.Store.Health.Detail, StringComparison.Ordinal);
        Assert.True(node.Store.Health.IsWorking);

        await cluster.WithoutNews.StartAsync();
        await node.WrittenAsync();
        Assert.Equal((0, 2500), (node.Store.Health.Dropped, (await cluster.SizesAsync()).Sum()));
        await Eventually.TrueAsync(() => node.FindAsync(Key(7)).GetAwaiter().GetResult().Length > 0, () => $"it is found; {node.Store.Health}");
    }

    [Fact]
    public async Task What_a_server_of_a_Redis_Cluster_should_have_that_stays_away_is_given_up()
    {
        await using var cluster = await RedisCluster.StartAsync("--cluster-require-full-coverage", "no");
        await using var node = Node.Begin(cluster.Ports);
        await node.WorksAsync();
        await cluster.WithoutNews.KillAsync();

        for (var i = 0; i < 50; i++)
            node.Store.Keep(Sheets.Of(Key(i), Sheets.Exists("contoso")));

        // Twenty tries, which may each take as long as a command may.
        await Eventually.TrueAsync(() => node.Store.Health.Pending == 0, () => $"those are given up; {node.Store.Health}", TimeSpan.FromMinutes(1));
        Assert.Equal((true, 22), (node.Store.Health.IsWorking, node.Store.Health.Dropped));
        Assert.Contains("cannot be reached", node.Store.Health.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_becomes_the_primary_is_used()
    {
        await using var primary = await RedisProcess.StartAsync();
        await using var replica = await RedisProcess.StartAsync("--replicaof", "127.0.0.1", primary.Port.ToString());
        await using var node = Node.Begin([primary.Port, replica.Port]);
        await node.WorksAsync();
        await node.KeepAsync(Sheets.Of(Key(1), Sheets.Exists("contoso")));
        await Eventually.TrueAsync(() => replica.RunAsync("exists", "lookupproxy:sheet:u1@corp.example").GetAwaiter().GetResult() == "1", static () => "the replica has it");

        await primary.KillAsync();
        await node.WorksNotAsync();
        node.Store.Keep(Sheets.Of(Key(2), Sheets.Exists("contoso")));
        await replica.RunAsync("replicaof", "no", "one");

        await node.WorksAsync();
        await node.WrittenAsync();
        Assert.Equal(("contoso:Exists", "contoso:Exists"), (await node.FindAsync(Key(1)), await node.FindAsync(Key(2))));
    }

    [Fact]
    public async Task A_primary_that_comes_back_as_a_replica_is_not_written_to()
    {
        await using var primary = await RedisProcess.StartAsync();
        await using var replica = await RedisProcess.StartAsync("--replicaof", "127.0.0.1", primary.Port.ToString());
        await using var node = Node.Begin([primary.Port, replica.Port]);
        await node.WorksAsync();

        // Parts change while both are there.
        await replica.RunAsync("replicaof", "no", "one");
        await primary.RunAsync("replicaof", "127.0.0.1", replica.Port.ToString());
        await Eventually.TrueAsync(() => replica.RunAsync("info", "replication").GetAwaiter().GetResult().Contains("connected_slaves:1", StringComparison.Ordinal), static () => "the parts have changed");
        node.Store.Keep(Sheets.Of(Key(3), Sheets.Exists("contoso")));

        await Eventually.TrueAsync(() => replica.RunAsync("exists", "lookupproxy:sheet:u3@corp.example").GetAwaiter().GetResult() == "1", () => $"the new primary has it; {node.Store.Health}");
        await node.WorksAsync();
        Assert.Equal(0, node.Store.Health.Dropped);
    }

    private static string Key(int i) => $"shared\nu{i}@corp.example";
}
