using System.Collections.Concurrent;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <summary>A thread that reads, over a connection of its own: SQLite blocks whoever calls it, and a disk may hang.</summary>
internal sealed class StoreReader(AnswerFile file, BlockingCollection<ReadRequest> requests, TimeProvider time, Action<Exception, int> onFault, Func<int> generation) : IDisposable
{
    /// <summary>Nobody waits any longer.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private SheetReading? _reading;
    private int _generation;
    private int? _closedFor;

    public Thread Start(int number)
    {
        var thread = new Thread(Run) { IsBackground = true, Name = $"store reader {number}" };
        thread.Start();
        return thread;
    }

    /// <summary>Before the file is renamed: under its new name it could be read on. Nothing is read until there is another generation.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closedFor = generation();
            Close_NeedsLock();
        }
    }

    public void Dispose() => Close();

    private void Run()
    {
        foreach (var request in requests.GetConsumingEnumerable())
            request.Answer.SetResult(time.GetElapsedTime(request.At) > TooLate ? null : Read(request.Key));
        Dispose();
    }

    private StoredSheet? Read(string key)
    {
        lock (_gate)
        {
            try
            {
                if (_reading is null)
                {
                    _generation = generation();
                    if (_generation == _closedFor)
                        return null;
                    _reading = new SheetReading(file);
                }

                return _reading.Read(key);
            }
            catch (Exception exception)
            {
                Close_NeedsLock();
                onFault(exception, _generation);
                return null;
            }
        }
    }

    private void Close_NeedsLock()
    {
        _reading?.Dispose();
        _reading = null;
    }
}
