using System.Collections;
using LookupProxy.Host.Commands;

namespace LookupProxy.Host;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        StandardStream.Install();
        try
        {
            var environment = Variables();
            return await CommandTree.InvokeAsync(arguments, new CommandContext(Terminal.OfProcess(environment), environment, TimeProvider.System), CancellationToken.None);
        }
        catch (OutputFailedException e)
        {
            await Console.Error.WriteLineAsync($"lookupproxy: {e.Message}");
            return ExitCode.IoError;
        }
        catch (Exception e)
        {
            await Console.Error.WriteLineAsync($"lookupproxy: a fault of ours, please report it:\n{e}");
            return ExitCode.Software;
        }
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static v => (string)v.Key, static v => (string?)v.Value ?? "", StringComparer.Ordinal);
}
