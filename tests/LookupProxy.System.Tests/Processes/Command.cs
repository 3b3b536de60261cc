namespace LookupProxy.SystemTests.Processes;

/// <summary>A program run to its end.</summary>
internal static class Command
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(60);

    public static async Task<CommandResult> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string? input = null,
        TimeSpan? within = null,
        string? folder = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using var process = new System.Diagnostics.Process();
        process.StartInfo = new System.Diagnostics.ProcessStartInfo(file, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            process.StartInfo.Environment[name] = value;
        process.Start();
        using var timeout = new CancellationTokenSource(within ?? Default);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), timeout.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{file} {string.Join(' ', arguments)} has not ended in time", e);
        }
    }

    /// <summary>As <see cref="RunAsync"/>; fails the test when the program does.</summary>
    public static async Task<string> MustAsync(
        string file,
        IEnumerable<string> arguments,
        string? input = null,
        TimeSpan? within = null,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var list = arguments.ToArray();
        var result = await RunAsync(file, list, input, within, environment: environment);
        Assert.True(result.ExitCode == 0, $"{file} {string.Join(' ', list)} ended with {result.ExitCode}\n{result.Output}\n{result.Error}");
        return result.Output;
    }
}
