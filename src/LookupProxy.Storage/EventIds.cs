namespace LookupProxy.Storage;

/// <summary>Ids of this project's log events: 7000 to 7049 the SQLite store, 7050 to 7099 the Redis store.</summary>
internal static class EventIds
{
    public const int RedisLeft = 7050;
    public const int RedisEntered = 7051;
    public const int RedisRefusedSheet = 7052;
    public const int RedisMissedNews = 7053;
    public const int RedisLostNews = 7054;
    public const int RedisBadNews = 7055;
    public const int RedisFault = 7056;
    public const int StoreDown = 7000;
    public const int StoreRecovered = 7001;
    public const int StoreSetAside = 7002;
    public const int StoreRemoved = 7003;
    public const int StoreEndedLate = 7004;
}
