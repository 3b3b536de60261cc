using Microsoft.Extensions.Logging;

namespace LookupProxy.Host;

internal static partial class HostLog
{
    public const string Category = "LookupProxy.Host";

    [LoggerMessage(EventIds.ConfigurationRead, LogLevel.Information, "lookupproxy {Version} with {File} ({Why})")]
    public static partial void ConfigurationRead(ILogger logger, string version, string file, string why);

    [LoggerMessage(EventIds.ConfigurationWarning, LogLevel.Warning, "{Fault}")]
    public static partial void ConfigurationWarning(ILogger logger, string fault);

    [LoggerMessage(EventIds.DirectoryNotSetUp, LogLevel.Error, "{Directory}: could not be set up; until it is, none of its namespaces' addresses is invalid")]
    public static partial void DirectoryNotSetUp(ILogger logger, Exception exception, string directory);

    [LoggerMessage(EventIds.Listening, LogLevel.Information, "{Endpoint} listens on {Address}{Tls}")]
    public static partial void Listening(ILogger logger, string endpoint, string address, string tls);

    [LoggerMessage(EventIds.Ready, LogLevel.Information, "ready {Milliseconds:F0} ms after the process began")]
    public static partial void Ready(ILogger logger, double milliseconds);

    [LoggerMessage(EventIds.Stopping, LogLevel.Information, "stopping: nothing new is taken, what was begun has {Seconds} s")]
    public static partial void Stopping(ILogger logger, double seconds);

    [LoggerMessage(EventIds.Stopped, LogLevel.Information, "stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(EventIds.StaleSocketRemoved, LogLevel.Information, "{Path}: removed a socket that nobody listened on any more")]
    public static partial void StaleSocketRemoved(ILogger logger, string path);

    [LoggerMessage(EventIds.CertificateReloaded, LogLevel.Information, "{File}: serving the certificate {Subject}, valid until {Until:u}")]
    public static partial void CertificateReloaded(ILogger logger, string file, string subject, DateTimeOffset until);

    [LoggerMessage(EventIds.CertificateNotReloaded, LogLevel.Error, "{File}: changed, but cannot be used; the certificate from before is served")]
    public static partial void CertificateNotReloaded(ILogger logger, Exception exception, string file);

    [LoggerMessage(EventIds.NoRoom, LogLevel.Warning,
        "{Listener} has its {Most} connections; a further one was closed. Look who opens so many, or let the process have more open files (LimitNOFILE= of the unit). {Suppressed} like it were not logged.")]
    public static partial void NoRoom(ILogger logger, string listener, int most, int suppressed);

    [LoggerMessage(EventIds.FewerConnections, LogLevel.Warning,
        "endpoints.ldap.maxConnections is {Configured}, but the process may not have as many files open: from {Most} connections on a further one is closed without an answer. Let it have more (LimitNOFILE= of the unit), or lower the setting.")]
    public static partial void FewerConnections(ILogger logger, int configured, long most);

    [LoggerMessage(EventIds.CertificateEnds, LogLevel.Warning, "Alarm {Name} for {Subject}: {Text}")]
    public static partial void CertificateEnds(ILogger logger, string name, string subject, string text);

    [LoggerMessage(EventIds.AuthoritiesReloaded, LogLevel.Information, "{File}: {Count} authorities of client certificates")]
    public static partial void AuthoritiesReloaded(ILogger logger, string file, int count);

    [LoggerMessage(EventIds.AuthoritiesNotReloaded, LogLevel.Error, "{File}: changed, but cannot be used; the authorities from before count")]
    public static partial void AuthoritiesNotReloaded(ILogger logger, Exception exception, string file);

    [LoggerMessage(EventIds.NotExported, LogLevel.Warning, "telemetry.otlp: an export to the collector failed; no answer suffers. Told once in ten minutes at most. {Why}")]
    public static partial void NotExported(ILogger logger, string why);

    [LoggerMessage(EventIds.HangUp, LogLevel.Warning, "SIGHUP changes nothing: the configuration is read at the start only; restart to use a changed one")]
    public static partial void HangUp(ILogger logger);

    [LoggerMessage(EventIds.NotifyFailed, LogLevel.Warning, "the service manager at NOTIFY_SOCKET could not be told")]
    public static partial void NotifyFailed(ILogger logger, Exception exception);
}
