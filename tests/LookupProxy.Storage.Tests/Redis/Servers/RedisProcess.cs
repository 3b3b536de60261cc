using System.Diagnostics;
using System.Net;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>A real redis-server on loopback that keeps nothing on disk. It can be stopped, killed and started again at the same port.</summary>
internal sealed class RedisProcess : IAsyncDisposable
{
    private const string Program = "/usr/bin/redis-server";
    private const string Tool = "/usr/bin/redis-cli";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lookupproxy-redis-");
    private readonly string[] _arguments;
    private Process? _process;

    private RedisProcess(int port, string[] arguments)
    {
        Port = port;
        _arguments = arguments;
    }

    public int Port { get; }

    /// <summary>For redis-cli, where the server wants more than a port.</summary>
    public string[] ToolArguments { get; init; } = [];

    public static async Task<RedisProcess> StartAsync(params string[] arguments)
    {
        var redis = Prepare(arguments);
        try
        {
            await redis.StartAsync();
        }
        catch
        {
            await redis.DisposeAsync();
            throw;
        }

        return redis;
    }

    /// <summary>One that has a port and does not run yet.</summary>
    public static RedisProcess Prepare(params string[] arguments)
    {
        Assert.SkipWhen(!File.Exists(Program) || !File.Exists(Tool), "redis-server is not installed (apt-get install redis-server)");
        return new RedisProcess(LoopbackPorts.NextWithBus(), arguments);
    }

    public async Task StartAsync()
    {
        string[] port = _arguments.Contains("--tls-port") ? [] : ["--port", Port.ToString()];
        _process = Process.Start(new ProcessStartInfo(Program, [.. port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", _folder.FullName, .. _arguments.Select(Own)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        var began = TimeProvider.System.GetTimestamp();
        while (!await LoopbackPorts.AcceptsAsync(IPAddress.Loopback, Port))
        {
            Assert.False(_process.HasExited, "redis-server ended");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGSTOP: the connections stay, and nothing answers.</summary>
    public Task HangAsync() => SignalAsync("STOP");

    public Task GoOnAsync() => SignalAsync("CONT");

    /// <returns>What redis-cli prints.</returns>
    public async Task<string> RunAsync(params string[] command)
    {
        using var tool = Process.Start(new ProcessStartInfo(Tool, ["-p", Port.ToString(), .. ToolArguments, .. command]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        return output.TrimEnd('\n');
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await GoOnAsync();
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private string Own(string argument) => argument == "PORT" ? Port.ToString() : argument;

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString()]);
        await kill.WaitForExitAsync();
    }
}
