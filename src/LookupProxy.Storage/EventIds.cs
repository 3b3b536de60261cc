namespace LookupProxy.Storage;

/// <summary>Ids of this project's log events: 7000 to 7049 the SQLite store, 7050 to 7099 the Redis store.</summary>
internal static class EventIds
{
}
