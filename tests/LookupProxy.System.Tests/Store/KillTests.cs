using System.Collections.Concurrent;
using LookupProxy.SystemTests.Processes;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Store;

/// <summary>What a kill -9 may cost: the answers of the last moment, and nothing else.</summary>
public sealed class KillTests
{
    /// <summary>A batch waits for a fifth of a second; the rest is for a busy machine.</summary>
    private static readonly TimeSpan Written = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Who_was_seen_before_is_accepted_after_a_kill_in_the_midst_of_writing_with_all_directories_down()
    {
        await using var lab = await StoreLab.StartAsync();
        var seen = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);

        // Killed in the midst of it, several times over, each time at another moment of a batch.
        for (var round = 0; round < 4; round++)
        {
            using var stop = new CancellationTokenSource();
            var asking = Enumerable.Range(0, 4).Select(client => AskAsync(lab.Proxy, client, round, seen, stop.Token)).ToArray();
            await Task.Delay(TimeSpan.FromMilliseconds(2000 + (37 * round)), TimeProvider.System);
            await lab.Proxy.KillAsync();
            var killed = TimeProvider.System.GetTimestamp();
            await stop.CancelAsync();
            await Task.WhenAll(asking);
            foreach (var (address, _) in seen.Where(pair => TimeProvider.System.GetElapsedTime(pair.Value, killed) < Written).ToList())
                seen.TryRemove(address, out _);
            if (round == 3)
                await lab.StopDirectoriesAsync();
            await lab.Proxy.StartAsync();
        }

        Assert.True(seen.Count > 300, $"{seen.Count} were seen in time");
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        foreach (var address in seen.Keys)
            await StoreLab.AcceptedAsync(client, address);

        // Who was never seen is deferred, not rejected.
        Assert.StartsWith("DEFER_IF_PERMIT", await client.AskAsync("nobody@corp.example"), StringComparison.Ordinal);
        Assert.True((await lab.StoreHealthAsync()).GetProperty("working").GetBoolean());
        Assert.Empty(Directory.EnumerateFiles(Path.GetDirectoryName(lab.Path)!, "*.d*Z"));
    }

    [Fact]
    public async Task A_stop_writes_all_that_was_learnt()
    {
        await using var lab = await StoreLab.StartAsync();
        await using (var client = await lab.Proxy.ConnectPolicyAsync())
        {
            for (var i = 0; i < 200; i++)
                Assert.Equal("DUNNO", await client.AskAsync(StoreLab.Person(i)));
        }

        await lab.Proxy.StopAsync();
        await lab.StopDirectoriesAsync();
        await lab.Proxy.StartAsync();
        await using var again = await lab.Proxy.ConnectPolicyAsync();
        for (var i = 0; i < 200; i++)
            await StoreLab.AcceptedAsync(again, StoreLab.Person(i));
    }

    [Fact]
    public async Task An_override_survives_a_kill()
    {
        await using var lab = await StoreLab.StartAsync();
        await File.WriteAllTextAsync(lab.Proxy.Configuration, (await File.ReadAllTextAsync(lab.Proxy.Configuration)).Replace(
            "http: {", "http: { adminTokenFile: " + Token(lab) + ",", StringComparison.Ordinal));
        await lab.Proxy.StopAsync();
        await lab.Proxy.StartAsync();
        var set = await Binary.RunAsync("override", "new@corp.example", "valid", "--for", "1h", "--why", "ticket 12", "--url", lab.Proxy.Url, "--token-file", Token(lab));
        Assert.True(set.ExitCode == 0, set.Output + set.Error);
        await lab.Proxy.KillAsync();
        await lab.StopDirectoriesAsync();
        await lab.Proxy.StartAsync();

        Assert.Equal("DUNNO", await lab.Proxy.AskPolicyAsync("new@corp.example"));
    }

    private static string Token(StoreLab lab)
    {
        var path = lab.Proxy.Configuration + ".token";
        if (!File.Exists(path))
        {
            File.WriteAllText(path, "a-token-for-the-administrator-0123456789");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static async Task AskAsync(LookupProxyServer proxy, int number, int round, ConcurrentDictionary<string, long> seen, CancellationToken stop)
    {
        try
        {
            await using var client = await proxy.ConnectPolicyAsync();
            for (var i = number + (round * 700); !stop.IsCancellationRequested; i += 4)
            {
                var address = StoreLab.Person(i % StoreLab.People);
                if (await client.AskAsync(address) == "DUNNO")
                    seen.TryAdd(address, TimeProvider.System.GetTimestamp());
            }
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            // Killed.
        }
    }
}
