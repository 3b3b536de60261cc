using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Sqlite;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>What is behind memory.</summary>
internal abstract record StoreSettings
{
    private StoreSettings()
    {
    }

    /// <summary>Nothing: a restart forgets.</summary>
    public sealed record Memory : StoreSettings;

    public sealed record Sqlite(SqliteStoreOptions Options) : StoreSettings;

    public sealed record Redis(RedisOptions Options) : StoreSettings;
}
