namespace LookupProxy.Resolution.Storing;

internal enum StoreReadResult
{
    Hit,
    Miss,
    Late,
    Failed,
}
