namespace LookupProxy.Host.Composition;

/// <summary>systemd's journal at the other end of standard error: it adds times itself and wants priorities.</summary>
internal static class JournalStream
{
    /// <summary>Its device and inode. Whatever a service starts has it too, wherever the standard error of that goes (systemd.exec(5)).</summary>
    public const string Variable = "JOURNAL_STREAM";

    public static bool IsStandardError(string? variable) => IsStandardError(variable, ErrorStream());

    /// <param name="errorStream">What standard error is, as Linux names it.</param>
    internal static bool IsStandardError(string? variable, string? errorStream) =>
        variable?.Split(':') is [_, { Length: > 0 } inode] && errorStream == $"socket:[{inode}]";

    private static string? ErrorStream()
    {
        try
        {
            return File.ResolveLinkTarget("/proc/self/fd/2", returnFinalTarget: false)?.Name;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
