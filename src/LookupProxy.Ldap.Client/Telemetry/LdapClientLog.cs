using Microsoft.Extensions.Logging;

namespace LookupProxy.Ldap.Client.Telemetry;

/// <summary>Event ids 2000 to 2099.</summary>
internal static partial class LdapClientLog
{
    [LoggerMessage(2000, LogLevel.Information, "Connected to {Server} ({Security}) as {Identity} in {Milliseconds} ms")]
    public static partial void Connected(this ILogger log, string server, string security, string identity, double milliseconds);

    [LoggerMessage(2001, LogLevel.Information, "Connected to {Server} again after {Failures} failed attempts")]
    public static partial void Recovered(this ILogger log, string server, int failures);

    [LoggerMessage(2002, LogLevel.Information, "Connection to {Server} closed after {Age}")]
    public static partial void Closed(this ILogger log, string server, TimeSpan age);

    [LoggerMessage(2003, LogLevel.Warning, "No connection to {Server}: {Detail} (and {Suppressed} more like this since the last report)")]
    public static partial void ConnectFailed(this ILogger log, string server, string detail, int suppressed);

    [LoggerMessage(2004, LogLevel.Warning, "{Detail} (server {Server}, {Kind}, connection age {Age}; and {Suppressed} more like this since the last report)")]
    public static partial void ConnectionFailed(this ILogger log, string server, LdapFaultKind kind, string detail, TimeSpan age, int suppressed);

    [LoggerMessage(2005, LogLevel.Debug, "Search sent again: {Server} had closed the idle connection")]
    public static partial void SentAgain(this ILogger log, string server);

    [LoggerMessage(2006, LogLevel.Debug, "Unsolicited notification {Oid} from {Server} ignored")]
    public static partial void UnsolicitedIgnored(this ILogger log, string server, string oid);

    [LoggerMessage(2007, LogLevel.Information, "Connection to {Server} has reached its maximum age; opening another in its place")]
    public static partial void Replacing(this ILogger log, string server);

    [LoggerMessage(2008, LogLevel.Debug, "Session with {Server} opened ({Security}) as {Identity} in {Milliseconds} ms")]
    public static partial void SessionOpened(this ILogger log, string server, string security, string identity, double milliseconds);
}
