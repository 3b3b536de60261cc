using System.Net;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Connections;

internal static partial class ConnectionLog
{
    [LoggerMessage(EventIds.ConnectionFault, LogLevel.Warning, "{Endpoint}: {Client} sent no valid request ({Fault}); connection closed. {Suppressed} like it were not logged.")]
    public static partial void Fault(ILogger logger, string endpoint, EndPoint? client, string fault, int suppressed);

    [LoggerMessage(EventIds.ConnectionFaultQuiet, LogLevel.Debug, "{Endpoint}: {Client} sent no valid request ({Fault}); connection closed.")]
    public static partial void FaultQuiet(ILogger logger, string endpoint, EndPoint? client, string fault);

    [LoggerMessage(EventIds.ConnectionTimedOut, LogLevel.Debug, "{Endpoint}: {Client} was silent for too long ({Phase}); connection closed.")]
    public static partial void TimedOut(ILogger logger, string endpoint, EndPoint? client, ConnectionPhase phase);

    [LoggerMessage(EventIds.ConnectionHung, LogLevel.Warning, "{Endpoint}: connection of {Client} hung ({Phase}) and was cut.")]
    public static partial void Hung(ILogger logger, string endpoint, EndPoint? client, ConnectionPhase phase);

    [LoggerMessage(EventIds.ConnectionFailed, LogLevel.Error, "{Endpoint}: connection of {Client} failed by a fault of ours.")]
    public static partial void Failed(ILogger logger, Exception exception, string endpoint, EndPoint? client);

    [LoggerMessage(EventIds.ConnectionLost, LogLevel.Debug, "{Endpoint}: {Client} is gone.")]
    public static partial void Lost(ILogger logger, Exception exception, string endpoint, EndPoint? client);

    [LoggerMessage(EventIds.ForeignDomain, LogLevel.Warning,
        "{Endpoint}: asked for addresses in {Domain}, a domain that no namespace has, or none that the client sees; the answer is {Answer}. If it is yours, name it under namespaces.NAME.domains. Of such domains the first {Most} are told, each once.")]
    public static partial void ForeignDomain(ILogger logger, string endpoint, string domain, string answer, int most);

    [LoggerMessage(EventIds.AcceptFailed, LogLevel.Error,
        "No connection could be accepted on {Listener}: {Why}. It is tried again; where too many files are open, let the process have more (LimitNOFILE= of the unit) or find out who opens so many connections. {Suppressed} like it were not logged.")]
    public static partial void AcceptFailed(ILogger logger, EndPoint listener, string why, int suppressed);
}
