using System.Net;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Cluster;

/// <summary>A real redis-server that keeps nothing on disk, at the same port over restarts.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("redis");
    private RunningProgram? _process;

    private RedisServer()
    {
    }

    public int Port { get; } = LoopbackPorts.Next();

    public static Task<RedisServer> StartNewAsync() => Started.WholeAsync(new RedisServer(), static server => server.StartAsync());

    public async Task StartAsync()
    {
        _process = RunningProgram.Start(Tool.RedisServer, ["--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName]);
        await _process.ListensAsync(IPAddress.Loopback, Port, StartWithin, "redis-server");
    }

    /// <summary>Hangs: connections are accepted by the kernel, nothing is answered.</summary>
    public void Suspend() => _process!.Send(Signal.Stop);

    public void Resume() => _process!.Send(Signal.Continue);

    public Task KillAsync() => _process!.KillAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }
}
