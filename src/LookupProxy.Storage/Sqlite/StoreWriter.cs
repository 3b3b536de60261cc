using LookupProxy.Core.Overrides;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The one thread that writes. Whatever fails there is tried again; nobody else notices but in health.</summary>
internal sealed class StoreWriter : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SqliteStoreOptions _options;
    private readonly AnswerFile _file;
    private readonly WriteQueue _queue;
    private readonly StoreState _state;
    private readonly Action _closeReaders;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly ITimer _soon;
    private readonly ITimer _tick;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those in the file: a new one, in the place of a file that was removed or set aside, is given them too.</summary>
    private readonly Dictionary<string, Override> _overrides = new(StringComparer.Ordinal);
    private bool _isAnother;
    private bool _isDiskAtFault;
    private OpenDatabase? _database;
    private Exception? _seen;
    private volatile int _generation;
    private long _retryAt;
    private int _isSoon;
    private bool _tidy;
    private volatile bool _stopping;

    public StoreWriter(
        SqliteStoreOptions options, AnswerFile file, WriteQueue queue, StoreState state, Action closeReaders, TimeProvider time, ILogger logger)
    {
        (_options, _file, _queue, _state, _closeReaders, _time, _logger) = (options, file, queue, state, closeReaders, time, logger);
        _retryAt = time.GetTimestamp();
        _soon = time.CreateTimer(static writer => ((StoreWriter)writer!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _tick = time.CreateTimer(
            static writer =>
            {
                Volatile.Write(ref ((StoreWriter)writer!)._tidy, true);
                ((StoreWriter)writer).Wake();
            },
            this,
            Tick,
            Tick);
    }

    public int BatchSize => _options.BatchSize;

    /// <summary>Done when all that waited has been written, or could not be, and the file is closed.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run) { IsBackground = true, Name = "store writer" }.Start();

    /// <summary>From timers and readers too, which may come just after the end: nothing is left to be done then, and there what they throw would end the process.</summary>
    public void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // After the end.
        }
    }

    /// <summary>When others have had the time to come along.</summary>
    public void WakeSoon()
    {
        if (Volatile.Read(ref _isSoon) == 0 && Interlocked.Exchange(ref _isSoon, 1) == 0)
            _soon.Change(_options.BatchFor, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Which file it is: a new one is another, of the same name.</summary>
    public int Generation => _generation;

    /// <summary>What a reader has met in the file of that generation.</summary>
    public void Report(Exception exception, int generation)
    {
        if (generation != _generation || FileFault.Of(exception).Kind == FileFaultKind.Passing)
            return;
        Volatile.Write(ref _seen, exception);
        Wake();
    }

    public void Stop()
    {
        _stopping = true;
        Wake();
    }

    /// <summary>After <see cref="Ended"/>.</summary>
    public void Dispose()
    {
        _soon.Dispose();
        _tick.Dispose();
        _wake.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            var last = _stopping;
            Work();
            if (last)
                break;
            _wake.WaitOne();
        }

        // The writer last: who closes the file last writes its log into it, which readers can't.
        _state.CanBeRead = false;
        _closeReaders();
        Close();
        _ended.SetResult();
    }

    private void Work()
    {
        Volatile.Write(ref _isSoon, 0);

        // Once more when the file was set aside: there is a new one to be made.
        if (!TryWork())
            TryWork();
    }

    /// <summary>False when the file was set aside.</summary>
    private bool TryWork()
    {
        try
        {
            if (Interlocked.Exchange(ref _seen, null) is { } seen && !Fail(seen))
                return false;
            if (_database is not null && !File.Exists(_file.Path))
                StartAnew();
            if (_database is not null || TryOpen())
            {
                WriteAll();

                // After what the start waits for: it looks at every row.
                if (_state.Sheets == StoreState.NotCounted)
                    _state.Sheets = _database!.Count();
                if (_tidy)
                    Tidy();
            }
            else if (_queue.AwaitsOverrides)
            {
                ReadOnly();
            }

            return true;
        }
        catch (Exception exception)
        {
            return Fail(exception);
        }
    }

    private bool TryOpen()
    {
        if (_time.GetTimestamp() < _retryAt && !_stopping)
            return false;
        _database = _isDiskAtFault ? OpenAlone() : OpenDatabase.Open(_file, _options);
        _isDiskAtFault = false;
        if (_isAnother)
            _database.Write(new WriteBatch([.. _overrides.Values.Select(static entry => new WriteOrder.KeepOverride(entry))], []), _time.GetUtcNow());
        _isAnother = false;
        TellAside();
        if (_state.Fault != StoreState.Opening)
            StoreLog.Recovered(_logger, _file.Path, _queue.Sheets);
        _state.Fault = null;
        _state.CanBeRead = true;
        _state.Sheets = StoreState.NotCounted;
        return true;
    }

    /// <summary>
    /// Nobody reads meanwhile. Who reads the file as one that does not change would read nonsense of one that does, and what SQLite could only open for reading
    /// stays so in the whole process until the last reader has closed it.
    /// </summary>
    private OpenDatabase OpenAlone()
    {
        _closeReaders();
        try
        {
            return OpenDatabase.Open(_file, _options);
        }
        finally
        {
            _generation++;
        }
    }

    private void WriteAll()
    {
        while (_queue.Take(_options.BatchSize) is { IsEmpty: false } batch)
        {
            try
            {
                Count(_database!.Write(batch, _time.GetUtcNow()));
            }
            catch
            {
                _state.Drop(_queue.Return(batch));
                throw;
            }

            Note(batch.Orders);
            _queue.Written(batch);

            // As fast as it grows, so that a flood of short-lived sheets does not pile up.
            if (batch.Sheets.Count > 0)
                Count(-_database.Tidy(_time.GetUtcNow(), _state.Sheets, Math.Max(OpenDatabase.Step, 2 * batch.Sheets.Count)));
        }
    }

    private void Note(IReadOnlyList<WriteOrder> done)
    {
        foreach (var order in done)
        {
            switch (order)
            {
                case WriteOrder.KeepOverride keep:
                    _overrides[keep.Entry.Address.ToMailbox()] = keep.Entry;
                    break;
                case WriteOrder.RemoveOverride remove:
                    _overrides.Remove(remove.Address);
                    break;
                case WriteOrder.LoadOverrides load:
                    foreach (var entry in load.Loaded)
                        _overrides[entry.Address.ToMailbox()] = entry;
                    break;
            }
        }
    }

    private void Count(int more)
    {
        if (_state.Sheets != StoreState.NotCounted)
            _state.Sheets += more;
    }

    private void Tidy()
    {
        Volatile.Write(ref _tidy, false);
        TellAside();
        for (var step = 0; step < 10 && _queue.Sheets == 0; step++)
        {
            var removed = _database!.Tidy(_time.GetUtcNow(), _state.Sheets, OpenDatabase.Step);
            _state.Sheets -= removed;
            if (removed < OpenDatabase.Step)
                break;
        }

        LetGoOfOverrides();
        _database!.GiveBack();
    }

    private void LetGoOfOverrides()
    {
        var now = _time.GetUtcNow();
        var past = _overrides.Where(entry => entry.Value.IsLongPast(now)).Select(static entry => entry.Key).ToList();
        if (past.Count > 0)
            _database!.LetGoOfOverrides(now);
        past.ForEach(address => _overrides.Remove(address));
    }

    private void TellAside() =>
        _state.Aside = string.Join(", ", _file.SetAside) is { Length: > 0 } names
            ? $"set aside because it could not be used: {names}; look at the log of that time, then remove it"
            : null;

    /// <summary>False when the file was set aside.</summary>
    private bool Fail(Exception exception)
    {
        var fault = FileFault.Of(exception);
        _isDiskAtFault = exception is SqliteException sqlite && FileFault.MayBeOfTheDisk(sqlite);
        Close();
        if (fault.Kind != FileFaultKind.Passing && TrySetAside(ref fault))
        {
            _retryAt = _time.GetTimestamp();
            return false;
        }

        _retryAt = _time.GetTimestamp() + (long)(_options.RetryEvery.TotalSeconds * _time.TimestampFrequency);
        if (fault.Kind == FileFaultKind.Passing && (!_state.CanBeRead || _queue.AwaitsOverrides))
            ReadOnly();
        if (_state.Fault != fault.Text)
        {
            _state.Fault = fault.Text;
            StoreLog.Down(_logger, _file.Path, fault.Text, exception);
        }

        return true;
    }

    private bool TrySetAside(ref FileFault fault)
    {
        _state.CanBeRead = false;
        _closeReaders();
        try
        {
            var name = _file.Rename(fault.Kind);
            _isAnother = true;
            StoreLog.SetAside(_logger, _file.Path, fault.Text, name);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            fault = new FileFault(fault.Kind, $"{fault.Text}, and it can't be renamed ({e.Message})");
            return false;
        }
        finally
        {
            // After the renaming: until then readers stay closed.
            _generation++;
            Volatile.Write(ref _seen, null);
        }
    }

    /// <summary>Somebody removed the file: what is written to it now is lost with it.</summary>
    private void StartAnew()
    {
        StoreLog.Removed(_logger, _file.Path);
        _state.CanBeRead = false;
        _closeReaders();
        _generation++;
        _isAnother = true;
        Close();
    }

    /// <summary>A full disk or a read-only one keeps what it knows.</summary>
    private void ReadOnly()
    {
        try
        {
            using var reading = new SheetReading(_file);
            var overrides = reading.Overrides();
            _state.CanBeRead = true;
            _queue.Serve(overrides);
        }
        catch (Exception e) when (e is SqliteException or ForeignFileException or IOException)
        {
            // Not now.
        }
    }

    private void Close()
    {
        _database?.Dispose();
        _database = null;
    }
}
