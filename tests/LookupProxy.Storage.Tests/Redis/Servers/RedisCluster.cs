namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>A Redis Cluster of three servers.</summary>
internal sealed class RedisCluster : IAsyncDisposable
{
    private readonly List<RedisProcess> _servers = [];

    public int[] Ports => [.. _servers.Select(static server => server.Port)];

    /// <summary>One that does not hold the keys of the news.</summary>
    public RedisProcess WithoutNews { get; private set; } = null!;

    public static async Task<RedisCluster> StartAsync(params string[] arguments)
    {
        var cluster = new RedisCluster();
        try
        {
            await cluster.MakeAsync(arguments);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>How many keys each has.</summary>
    public async Task<int[]> SizesAsync()
    {
        var sizes = new List<int>();
        foreach (var server in _servers)
            sizes.Add(int.Parse(await server.RunAsync("dbsize")));
        return [.. sizes];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private async Task MakeAsync(string[] arguments)
    {
        for (var i = 0; i < 3; i++)
            _servers.Add(await RedisProcess.StartAsync(["--cluster-enabled", "yes", .. arguments]));
        var made = await _servers[0].RunAsync(["--cluster", "create", .. Ports.Select(static port => $"127.0.0.1:{port}"), "--cluster-yes"]);
        Assert.Contains("All 16384 slots covered", made, StringComparison.Ordinal);
        var slot = int.Parse(await _servers[0].RunAsync("cluster", "keyslot", "{news}"));
        // redis-cli gives the servers equal shares, in their order.
        WithoutNews = _servers[((slot * 3 / 16384) + 1) % 3];
    }
}
