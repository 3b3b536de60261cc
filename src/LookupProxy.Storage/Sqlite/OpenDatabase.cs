using LookupProxy.Core.Overrides;
using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The writer's connection, with all that is written over it.</summary>
internal sealed class OpenDatabase : IDisposable
{
    /// <summary>Rows removed at a time: some milliseconds.</summary>
    public const int Step = 500;

    /// <summary>Free pages are given back to the disk when there are more than these, and more than a tenth of all.</summary>
    private const int FreePages = 100;

    /// <summary>At a time.</summary>
    private const int PagesBack = 1000;

    private readonly SqliteConnection _connection;
    private readonly SheetTable _sheets;
    private readonly int _maxStored;

    private OpenDatabase(SqliteConnection connection, SqliteStoreOptions options)
    {
        _connection = connection;
        _maxStored = options.MaxStored;
        _sheets = new SheetTable(connection, options.StaleFor);
    }

    /// <exception cref="SqliteException">It can't be read or written.</exception>
    /// <exception cref="ForeignFileException">It is not ours.</exception>
    public static OpenDatabase Open(AnswerFile file, SqliteStoreOptions options)
    {
        file.Create();
        var connection = file.Connect(SqliteOpenMode.ReadWriteCreate);
        try
        {
            Schema.Prepare(connection);
            if (options.MaxPages is { } pages)
                connection.Execute($"PRAGMA max_page_count = {pages()}");
            Schema.TryWrite(connection);
            return new OpenDatabase(connection, options);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public long Count() => _sheets.Count();

    /// <summary>All of it or nothing. Returns by how many sheets there are more.</summary>
    public int Write(in WriteBatch batch, DateTimeOffset now)
    {
        _connection.Execute("BEGIN IMMEDIATE");
        try
        {
            var more = 0;
            foreach (var order in batch.Orders)
                more -= Do(order);
            foreach (var sheet in batch.Sheets)
                more += _sheets.Put(sheet, now) ? 1 : 0;
            _connection.Execute("COMMIT");
            return more;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Removes what is of no use any more, and what there is no room for. Returns how many.</summary>
    public int Tidy(DateTimeOffset now, long stored, int limit)
    {
        var removed = _sheets.RemoveExpired(now, limit);
        var tooMany = stored - removed - _maxStored;
        if (tooMany > 0)
            removed += _sheets.RemoveShortest((int)Math.Min(tooMany, limit));
        return removed;
    }

    public void LetGoOfOverrides(DateTimeOffset now) => OverrideTable.RemoveBefore(_connection, Override.LongBefore(now));

    public void GiveBack()
    {
        if (_connection.Value("PRAGMA freelist_count") is long free && free > FreePages && _connection.Value("PRAGMA page_count") is long all && free > all / 10)
            _connection.ReadAll($"PRAGMA incremental_vacuum({PagesBack})");
    }

    public void Dispose()
    {
        _sheets.Dispose();
        _connection.Dispose();
    }

    /// <summary>Returns the number of sheets removed.</summary>
    private int Do(WriteOrder order)
    {
        switch (order)
        {
            case WriteOrder.Forget forget:
                return _sheets.Forget(forget.Scope);
            case WriteOrder.KeepOverride keep:
                OverrideTable.Keep(_connection, keep.Entry);
                return 0;
            case WriteOrder.RemoveOverride remove:
                OverrideTable.Remove(_connection, remove.Address);
                return 0;
            case WriteOrder.LoadOverrides load:
                load.Loaded = OverrideTable.All(_connection);
                return 0;
            default:
                throw new InvalidOperationException($"Nobody does a {order.GetType().Name}");
        }
    }

    private void RollBack()
    {
        try
        {
            _connection.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled it back itself, as it does when the disk is full.
        }
    }
}
