using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <param name="At">Timestamp of the clock when it was asked.</param>
internal sealed record ReadRequest(string Key, long At)
{
    /// <summary>Continues on another thread: the reader goes on reading.</summary>
    public TaskCompletionSource<StoredSheet?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
