namespace LookupProxy.Host.Configuration.Model;

internal enum StoreType
{
    Memory,
    Sqlite,
    Redis,
}
