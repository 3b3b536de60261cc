using System.Collections;
using LookupProxy.Host.Commands;

namespace LookupProxy.Host;

internal static class Program
{
    private static Task<int> Main(string[] arguments)
    {
        var environment = Variables();
        return CommandTree.InvokeAsync(arguments, new CommandContext(Terminal.OfProcess(environment), environment, TimeProvider.System), CancellationToken.None);
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(static v => (string)v.Key, static v => (string?)v.Value ?? "", StringComparer.Ordinal);
}
