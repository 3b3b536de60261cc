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
}
