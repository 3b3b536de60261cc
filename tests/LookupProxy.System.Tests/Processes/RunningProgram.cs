using System.Diagnostics;
using System.Globalization;
using System.Net;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Processes;

/// <summary>
/// A real program, in a process group of its own, its output captured. Whoever starts it disposes it: asked to stop, waited for, then killed,
/// all within bounds and all by process id.
/// </summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    /// <summary>Set in every child, so that tests/run finds what a killed test run left behind.</summary>
    private const string Marker = "LOOKUPPROXY_TEST_RUN";

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);

    private readonly Process _process;

    private RunningProgram(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    public string Name { get; }

    public int Id => _process.Id;

    public CapturedOutput Output { get; } = new();

    public bool HasExited => _process.HasExited;

    public static RunningProgram Start(string file, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        // setsid becomes the program itself: its pid is the program's and the group's.
        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.ArgumentList.Add(file);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment[Marker] = Environment.GetEnvironmentVariable(Marker) ?? Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{file} did not start");
        var running = new RunningProgram(Path.GetFileName(file), process);
        process.OutputDataReceived += (_, line) => running.Output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => running.Output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        return running;
    }

    /// <summary>Waits for what it does when it is ready. That it ends meanwhile is told at once.</summary>
    /// <param name="what">Said when it does not come true.</param>
    /// <param name="log">Shown then; its output when null.</param>
    public async Task ReadyAsync(Func<Task<bool>> isReady, TimeSpan within, string what, Func<string>? log = null)
    {
        log ??= () => Output.Tail(40);
        await Eventually.TrueAsync(async () => HasExited || await isReady(), within, () => $"{what}\n{log()}");
        Assert.False(HasExited, $"It ended before this: {what}\n{log()}");
    }

    /// <summary>Waits until it accepts connections.</summary>
    /// <inheritdoc cref="ReadyAsync"/>
    public Task ListensAsync(IPAddress address, int port, TimeSpan within, string name, Func<string>? log = null) =>
        ReadyAsync(() => LoopbackPorts.AcceptsAsync(address, port), within, $"{name} listens on {address}:{port}", log);

    /// <summary>To the program and all that it started.</summary>
    public void Send(Signal signal) => Libc.SendSignalToGroup(Id, signal);

    /// <summary>To the program alone.</summary>
    public void SendToLeader(Signal signal) => Libc.SendSignal(Id, signal);

    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan within)
    {
        using var timeout = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{Name} has not ended within {within.TotalSeconds} s.\n{Output.Tail(40)}", e);
        }

        return _process.ExitCode;
    }

    /// <summary>Ends it, gently first. Safe to call when it has ended.</summary>
    public async Task StopAsync()
    {
        Send(Signal.Continue);
        SendToLeader(Signal.Terminate);
        if (!await EndedAsync(StopWithin))
            await KillAsync();

        // What it left in its group.
        if (Libc.GroupIsAlive(Id))
            Send(Signal.Kill);
    }

    public async Task KillAsync()
    {
        Send(Signal.Kill);
        if (!await EndedAsync(StopWithin))
            throw new TimeoutException($"{Name} (pid {Id}) survives SIGKILL");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    // Not Process.WaitForExitAsync: that also waits until every child has closed the output.
    private Task<bool> EndedAsync(TimeSpan within) => Eventually.TryAsync(() => Task.FromResult(_process.HasExited), within);
}
