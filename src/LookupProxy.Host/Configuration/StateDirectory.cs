namespace LookupProxy.Host.Configuration;

/// <summary>Where the service manager lets the service keep what outlives it (systemd's StateDirectory=).</summary>
internal static class StateDirectory
{
    /// <summary>Several are separated by colons.</summary>
    public const string Variable = "STATE_DIRECTORY";

    /// <summary>The full path of a file there; null where there is no such directory.</summary>
    public static string? PathOf(string fileName, ReadContext context) =>
        context.Environment.TryGetValue(Variable, out var folders) && folders.Split(':')[0] is { Length: > 0 } folder && Path.IsPathFullyQualified(folder)
            ? Path.Combine(folder, fileName)
            : null;
}
