using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Proxy;

/// <summary>The built `lookupproxy`, of the same configuration as these tests; LOOKUPPROXY_BINARY names another, such as a published one.</summary>
internal static class Binary
{
    public static string Path { get; } = Environment.GetEnvironmentVariable("LOOKUPPROXY_BINARY") is { Length: > 0 } other ? other : Built();

    public static Task<CommandResult> RunAsync(params string[] arguments) => Command.RunAsync(Path, arguments);

    private static string Built()
    {
        // …/bin/Release/net10.0/
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.File($"src/LookupProxy.Host/bin/{framework.Parent!.Name}/{framework.Name}/lookupproxy");
    }
}
