using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Store;

/// <summary>A file system of a few megabytes, in memory.</summary>
internal sealed class StoreDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("disk");
    private readonly string _unmount;

    private StoreDisk(string unmount) => _unmount = unmount;

    public string Folder => _folder.Folder("small");

    public static async Task<StoreDisk> MountAsync(int megabytes)
    {
        var mount = Tool.RequireAsRoot("mount");
        var disk = new StoreDisk(Tool.RequireAsRoot("umount"));
        await Command.MustAsync(mount, ["-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Folder]);
        return disk;
    }

    /// <summary>Until nothing more goes onto it.</summary>
    public void Fill()
    {
        using var file = File.Create(Path.Combine(Folder, "filler"), bufferSize: 1);
        var block = new byte[1024];
        try
        {
            while (true)
                file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Empty() => File.Delete(Path.Combine(Folder, "filler"));

    public async ValueTask DisposeAsync()
    {
        await Command.MustAsync(_unmount, ["-l", Folder]);
        _folder.Dispose();
    }
}
