using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Redis;

internal static partial class RedisLog
{
    [LoggerMessage(EventIds.RedisLeft, LogLevel.Warning, "Redis is not used: {Why}. Until it works again this node goes on by itself: it knows what it has asked, and hears of flushes and overrides made on other nodes afterwards.")]
    public static partial void Left(ILogger logger, string why);

    [LoggerMessage(EventIds.RedisEntered, LogLevel.Information, "Redis is used, after {Away} without.")]
    public static partial void Entered(ILogger logger, TimeSpan away);

    [LoggerMessage(EventIds.RedisRefusedSheet, LogLevel.Warning, "{Why}. {Sheets} were let go; nothing is wrong but that other nodes must ask themselves.")]
    public static partial void Refused(ILogger logger, string why, int sheets);

    [LoggerMessage(EventIds.RedisMissedNews, LogLevel.Warning, "This node was cut off from Redis for so long that flushes may have been missed: it forgets all its answers.")]
    public static partial void Missed(ILogger logger);

    [LoggerMessage(EventIds.RedisLostNews, LogLevel.Warning, "Redis has lost what it knew, or an older copy of it has taken over: {Overrides} overrides that this node knows are told anew.")]
    public static partial void Lost(ILogger logger, int overrides);

    [LoggerMessage(EventIds.RedisBadNews, LogLevel.Warning, "News of another node cannot be read; is it of another version?")]
    public static partial void Unreadable(ILogger logger);

    [LoggerMessage(EventIds.RedisFault, LogLevel.Error, "A fault of our own at the Redis store. Please report it.")]
    public static partial void Fault(ILogger logger, Exception exception);
}
