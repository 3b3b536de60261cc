namespace LookupProxy.Core.Storage;

/// <summary>The second level behind memory: on this machine, or shared by several nodes. Losing it costs questions to directories, never an answer.</summary>
public interface IAnswerStore : IAsyncDisposable
{
    /// <summary>The configuration's word: sqlite, redis.</summary>
    string Type { get; }

    StoreHealth Health { get; }

    /// <summary>Looked at before every read: none is tried while it is false. A store that can't be written may still be read.</summary>
    bool CanBeRead => Health.IsWorking;

    /// <summary>Null when it has no such sheet or can't be read. It never throws; who asks waits for it no longer than a short time.</summary>
    ValueTask<StoredSheet?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Takes it over, to be written in a batch. Never waits: what comes faster than it can be written is counted and let go.</summary>
    void Keep(StoredSheet sheet);

    /// <summary>Forgets answers. Returns when a <see cref="FindAsync"/> that begins later can't find them: true when that holds after a restart too; false while the store is down.</summary>
    ValueTask<bool> ForgetAsync(FlushScope scope, CancellationToken cancellationToken);
}
