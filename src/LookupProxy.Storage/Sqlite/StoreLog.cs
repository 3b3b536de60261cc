using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Sqlite;

internal static partial class StoreLog
{
    [LoggerMessage(EventIds.StoreDown, LogLevel.Error,
        "The store {Path} can't be written: {Fault}. It is tried again; until then what is learnt lives in memory only, and a restart forgets it. No answer suffers.")]
    public static partial void Down(ILogger logger, string path, string fault, Exception exception);

    [LoggerMessage(EventIds.StoreRecovered, LogLevel.Information, "The store {Path} is written again; {Pending} sheets had to wait.")]
    public static partial void Recovered(ILogger logger, string path, int pending);

    [LoggerMessage(EventIds.StoreSetAside, LogLevel.Error,
        "The store {Path} can't be used: {Fault}. It was set aside as {Name} and a new one is begun; directories are asked for what it knew. Remove it when you have seen it; if it was damaged, look at the disk.")]
    public static partial void SetAside(ILogger logger, string path, string fault, string name);

    [LoggerMessage(EventIds.StoreRemoved, LogLevel.Warning, "The store {Path} was removed while it was in use; a new one is begun.")]
    public static partial void Removed(ILogger logger, string path);

    [LoggerMessage(EventIds.StoreEndedLate, LogLevel.Warning, "The store {Path} did not write {Pending} sheets in time before the end; directories will be asked for them again.")]
    public static partial void EndedLate(ILogger logger, string path, int pending);
}
