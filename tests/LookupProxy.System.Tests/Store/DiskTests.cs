using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Store;

/// <summary>A disk that fails costs no answer; it is told, and used again when it is well.</summary>
public sealed class DiskTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task A_full_disk_is_told_costs_no_answer_and_is_used_again_when_there_is_room()
    {
        await using var disk = await StoreDisk.MountAsync(megabytes: 4);
        await using var lab = await StoreLab.StartAsync(disk.Folder);
        await AcceptedAsync(lab, 0, 200);
        await Eventually.TrueAsync(async () => (await lab.StoreHealthAsync()).GetProperty("pending").GetInt64() == 0, Soon, static () => "all is written");

        disk.Fill();
        await AcceptedAsync(lab, 200, 2000);
        await Eventually.TrueAsync(async () => !(await lab.StoreHealthAsync()).GetProperty("working").GetBoolean(), Soon, static () => "the fault is told");
        Assert.Contains("full", (await lab.StoreHealthAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("store-down", await lab.Proxy.GetTextAsync("/health"), StringComparison.Ordinal);

        // A restart on a full disk, and what was written before is still known.
        await lab.Proxy.KillAsync();
        await lab.Contoso.KillAsync();
        await lab.Proxy.StartAsync();
        await AcceptedAsync(lab, 0, 200);
        await lab.Contoso.RestartAsync();

        disk.Empty();
        await Eventually.TrueAsync(async () => (await lab.StoreHealthAsync()).GetProperty("working").GetBoolean(), Soon, static () => "it is used again");
        await AcceptedAsync(lab, 2000, 2500);
        await Eventually.TrueAsync(async () => (await lab.StoreHealthAsync()).GetProperty("pending").GetInt64() == 0, Soon, static () => "all is written");
        await lab.Proxy.KillAsync();
        await lab.Contoso.KillAsync();
        await lab.Proxy.StartAsync();
        await AcceptedAsync(lab, 2000, 2500);
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_told_and_the_start_is_no_later_for_it()
    {
        await using var lab = await StoreLab.StartAsync();
        await AcceptedAsync(lab, 0, 500);
        await lab.Proxy.StopAsync();
        using (var file = new FileStream(lab.Path, FileMode.Open))
        {
            var noise = new byte[file.Length];
            new Random(3).NextBytes(noise);
            file.Write(noise);
        }

        await lab.Proxy.StartAsync();
        await AcceptedAsync(lab, 0, 500);
        var health = await lab.StoreHealthAsync();
        Assert.True(health.GetProperty("working").GetBoolean());
        var aside = Assert.Single(Directory.EnumerateFiles(Path.GetDirectoryName(lab.Path)!, "answers.db.*Z"));
        Assert.Contains(aside, health.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("set aside", lab.Proxy.Log.Tail(1000), StringComparison.Ordinal);
    }

    private static async Task AcceptedAsync(StoreLab lab, int from, int to)
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        for (var i = from; i < to; i++)
            await StoreLab.AcceptedAsync(client, StoreLab.Person(i));
    }
}
