using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http;

internal static partial class HttpLog
{
    [LoggerMessage(EventIds.HttpFailed, LogLevel.Error, "http: {Method} {Path} failed by a fault of ours.")]
    public static partial void Failed(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(EventIds.AdminRefused, LogLevel.Warning, "http: an administrator's call from {Client} was refused with {Status}. {Suppressed} like it were not logged.")]
    public static partial void AdminRefused(ILogger logger, string client, int status, int suppressed);

    [LoggerMessage(EventIds.ServerIsolated, LogLevel.Warning, "{Directory}: {Server} isolated by the administrator at {Client}.")]
    public static partial void Isolated(ILogger logger, string directory, string server, string client);

    [LoggerMessage(EventIds.ServerClosed, LogLevel.Warning, "{Directory}: {Server} back in use by the administrator at {Client}.")]
    public static partial void Closed(ILogger logger, string directory, string server, string client);

    [LoggerMessage(EventIds.CacheFlushed, LogLevel.Information, "flush of {Scope} by the administrator at {Client}: {Sheets} sheets forgotten; all nodes told: {AllNodesTold}; store written: {StoreWritten}.")]
    public static partial void Flushed(ILogger logger, string scope, string client, int sheets, bool allNodesTold, bool storeWritten);

    [LoggerMessage(EventIds.OverrideSet, LogLevel.Warning, "{Address} is {Verdict} until {Until:u} by the administrator at {Client}: {Why}; all nodes told: {AllNodesTold}; store written: {StoreWritten}.")]
    public static partial void OverrideSet(ILogger logger, string address, string verdict, DateTimeOffset until, string client, string why, bool allNodesTold, bool storeWritten);

    [LoggerMessage(EventIds.OverrideRemoved, LogLevel.Warning, "{Address}: override removed by the administrator at {Client}; all nodes told: {AllNodesTold}; store written: {StoreWritten}.")]
    public static partial void OverrideRemoved(ILogger logger, string address, string client, bool allNodesTold, bool storeWritten);

    [LoggerMessage(EventIds.SnapshotRefreshed, LogLevel.Information, "{Directory}: its local copy is read anew, by the administrator at {Client}.")]
    public static partial void SnapshotRefreshed(ILogger logger, string directory, string client);

    [LoggerMessage(EventIds.LossAccepted, LogLevel.Warning, "{Directory}: accepted by the administrator at {Client}: {What}")]
    public static partial void Accepted(ILogger logger, string directory, string what, string client);
}
