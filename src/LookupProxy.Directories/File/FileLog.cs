using Microsoft.Extensions.Logging;

namespace LookupProxy.Directories.File;

internal static partial class FileLog
{
    [LoggerMessage(EventIds.FileLoaded, LogLevel.Information, "{Directory}: {Path} holds {Count} addresses, {Lost} of those known before are gone; read in {Milliseconds:F0} ms")]
    public static partial void Loaded(ILogger logger, string directory, string path, int count, int lost, double milliseconds);

    [LoggerMessage(EventIds.FileValuesSkipped, LogLevel.Warning, "{Directory}: {Path}: {Skipped} values are no address and were passed over, first {First}")]
    public static partial void ValuesSkipped(ILogger logger, string directory, string path, int skipped, string first);

    [LoggerMessage(EventIds.FileNotLoaded, LogLevel.Error, "{Directory}: {Path} {Fault}; what was known before is kept, and nobody is absent")]
    public static partial void NotLoaded(ILogger logger, Exception? exception, string directory, string path, string fault);

    [LoggerMessage(EventIds.FileBack, LogLevel.Information, "{Directory}: {Path} is again as it was when it was read")]
    public static partial void BackAsLoaded(ILogger logger, string directory, string path);

    [LoggerMessage(EventIds.FileCountNotKept, LogLevel.Warning, "{Directory}: the number of its addresses can't be kept in {Path}: {Fault}; a file that shrinks while the service is down is then not refused")]
    public static partial void CountNotKept(ILogger logger, string directory, string path, string fault);
}
