using System.Collections.Concurrent;
using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Sqlite;

/// <summary>
/// Sheets and overrides in a file beside the process. One thread writes, in batches; two read; the threads of those who ask do neither. A fault of the file
/// or the disk costs questions to directories, never an answer: it is told in health and tried again.
/// </summary>
public sealed class SqliteStore : IAnswerStore, IOverrideStore, IAlarmSource
{
    private const int Readers = 2;

    /// <summary>Of no sheet.</summary>
    private const string NoKey = "\n@";

    /// <summary>Reads that may wait; a further one finds nothing.</summary>
    private const int MaxReads = 4096;

    /// <summary>For what somebody waits for: a flush, an override.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>For the last batches when the process ends.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly BlockingCollection<ReadRequest> _reads = new(MaxReads);
    private readonly StoreState _state;
    private readonly WriteQueue _queue;
    private readonly StoreWriter _writer;
    private readonly ImmutableArray<StoreReader> _readers;
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private int _closed;

    private SqliteStore(SqliteStoreOptions options, ILogger logger, TimeProvider time)
    {
        (_path, _time, _logger) = (options.Path, time, logger);
        _state = new StoreState(options.Path, time);
        _queue = new WriteQueue(options.MaxPending);
        var file = new AnswerFile(options.Path, time);
        _writer = new StoreWriter(options, file, _queue, _state, CloseReaders, time, logger);
        _readers = [.. Enumerable.Range(0, Readers).Select(_ => new StoreReader(file, _reads, time, _writer.Report, () => _writer.Generation))];
    }

    public string Type => "sqlite";

    public StoreHealth Health => _state.Health(_queue.Sheets);

    public ImmutableArray<Alarm> Current => _state.Alarms;

    public bool CanBeRead => _state.CanBeRead;

    /// <summary>Returns at once: the file is opened in the background, and a fault of it is told in <see cref="Health"/>.</summary>
    public static SqliteStore Open(SqliteStoreOptions options, ILogger logger, TimeProvider time)
    {
        var store = new SqliteStore(options, logger, time);
        store._writer.Start();
        for (var i = 0; i < Readers; i++)
            store._readers[i].Start(i + 1);
        return store;
    }

    public ValueTask<StoredSheet?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!_state.CanBeRead || _queue.IsForgotten(key))
            return new((StoredSheet?)null);
        var request = new ReadRequest(key, _time.GetTimestamp());
        try
        {
            return _reads.TryAdd(request) ? new(request.Answer.Task) : new((StoredSheet?)null);
        }
        catch (Exception e) when (e is InvalidOperationException or ObjectDisposedException)
        {
            // Closed meanwhile.
            return new((StoredSheet?)null);
        }
    }

    public void Keep(StoredSheet sheet)
    {
        if (Volatile.Read(ref _closed) != 0)
            return;
        var waiting = _queue.Add(sheet);
        if (waiting == 0)
            _state.Drop(1);
        else if (waiting >= _writer.BatchSize)
            _writer.Wake();
        else
            _writer.WakeSoon();
    }

    public ValueTask<bool> ForgetAsync(FlushScope scope, CancellationToken cancellationToken) => DoAsync(new WriteOrder.Forget(scope), cancellationToken);

    public async ValueTask<ImmutableArray<Override>> LoadAsync(CancellationToken cancellationToken)
    {
        var order = new WriteOrder.LoadOverrides();
        Give(order);
        await order.Done.WaitAsync(cancellationToken);

        // The start waits for this: no lookup is to wait for the readers to open the file, or for the code to be compiled.
        await Task.WhenAll(_readers.Select(_ => FindAsync(NoKey, cancellationToken).AsTask())).WaitAsync(cancellationToken);
        return order.Loaded;
    }

    public ValueTask<bool> KeepAsync(Override entry, CancellationToken cancellationToken) => DoAsync(new WriteOrder.KeepOverride(entry), cancellationToken);

    public ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken) =>
        DoAsync(new WriteOrder.RemoveOverride(address.ToMailbox()), cancellationToken);

    /// <summary>Writes what waits, for a limited time.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _reads.CompleteAdding();
        _writer.Stop();
        try
        {
            await _writer.Ended.WaitAsync(LastPatience, _time);
            _writer.Dispose();
            if (_queue.Sheets > 0)
                StoreLog.EndedLate(_logger, _path, _queue.Sheets);
        }
        catch (TimeoutException)
        {
            StoreLog.EndedLate(_logger, _path, _queue.Sheets);
        }
    }

    private void Give(WriteOrder order)
    {
        _queue.Add(order);
        if (Volatile.Read(ref _closed) == 0)
            _writer.Wake();
    }

    /// <summary>True when it is done for good; false when it waits for the file to be well again.</summary>
    private async ValueTask<bool> DoAsync(WriteOrder order, CancellationToken cancellationToken)
    {
        Give(order);
        if (_state.Fault is not (null or StoreState.Opening))
            return false;
        try
        {
            await order.Done.WaitAsync(Patience, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void CloseReaders()
    {
        foreach (var reader in _readers)
            reader.Close();
    }
}
