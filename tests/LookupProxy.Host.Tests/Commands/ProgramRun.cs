using System.Diagnostics;
using System.Net;

namespace LookupProxy.Host.Tests.Commands;

/// <summary>The program as a process of its own.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly Process _process;
    private List<string> _log = [];

    private ProgramRun(Process process) => _process = process;

    public int Id => _process.Id;

    public static ProgramRun Start(params string[] arguments) => new(Process.Start(
        new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "lookupproxy"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Serves a configuration, until it says that it is ready.</summary>
    public static async Task<ProgramRun> ServeAsync(string file)
    {
        var program = Start("serve", "--config", file);
        program._log = await program.ReadUntilAsync("ready ");
        return program;
    }

    /// <summary>Where an endpoint listens, as the log says.</summary>
    public IPEndPoint EndPoint(string endpoint)
    {
        var listens = endpoint + " listens on ";
        return IPEndPoint.Parse(_log.First(line => line.Contains(listens, StringComparison.Ordinal)).Split(listens)[1]);
    }

    /// <summary>Reads standard error up to a line that holds <paramref name="text"/>.</summary>
    public async Task<List<string>> ReadUntilAsync(string text)
    {
        var lines = new List<string>();
        while (await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (line.Contains(text, StringComparison.Ordinal))
                return lines;
        }

        Assert.Fail($"ended without \"{text}\":\n{string.Join('\n', lines)}");
        return lines;
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, Id.ToString()]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<(int Code, string Error)> EndAsync()
    {
        var error = await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
