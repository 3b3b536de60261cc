using LookupProxy.Host.Configuration.Model;
using LookupProxy.Resolution;
using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Sqlite;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Host.Composition;

/// <summary>What is behind memory, out of its settings. A store that can't be opened is no fault of the start: it says so in health and tries again.</summary>
internal static class StoreFactory
{
    /// <summary>For which the start waits for what a store has that no lookup may be answered without.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static SecondLevel Open(StoreSettings settings, ILoggerFactory loggers, TimeProvider time)
    {
        switch (settings)
        {
            case StoreSettings.Sqlite sqlite:
                var store = SqliteStore.Open(sqlite.Options, loggers.CreateLogger<SqliteStore>(), time);
                return new SecondLevel(store, Overrides: store);
            case StoreSettings.Redis shared:
                var redis = RedisSecondLevel.Open(shared.Options, time, loggers.CreateLogger<RedisSecondLevel>());
                return new SecondLevel(redis.Store, redis.News, redis.Overrides);
            default:
                return new SecondLevel();
        }
    }
}
