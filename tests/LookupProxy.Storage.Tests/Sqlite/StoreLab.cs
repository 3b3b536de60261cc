using LookupProxy.Core.Storage;
using LookupProxy.Storage.Sqlite;
using LookupProxy.Storage.Tests.Encoding;
using LookupProxy.TestKit.Time;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Storage.Tests.Sqlite;

/// <summary>A folder of its own, stores in it, and time that stands still at noon.</summary>
internal sealed class StoreLab : IAsyncDisposable
{
    private readonly List<SqliteStore> _stores = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("lookupproxy-store-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "answers.db");

    public ManualTimeProvider Time { get; } = new(Sheets.Noon);

    public SqliteStoreOptions Options => new() { Path = Path, StaleFor = TimeSpan.FromDays(7) };

    public IEnumerable<string> SetAside => Directory.EnumerateFiles(Folder, "answers.db.*Z");

    public SqliteStore Open(Func<SqliteStoreOptions, SqliteStoreOptions>? change = null)
    {
        var store = SqliteStore.Open(change is null ? Options : change(Options), NullLogger.Instance, Time);
        _stores.Add(store);
        return store;
    }

    /// <summary>Open, with the file ready.</summary>
    public async Task<SqliteStore> OpenedAsync(Func<SqliteStoreOptions, SqliteStoreOptions>? change = null)
    {
        var store = Open(change);
        await WrittenAsync(store);
        return store;
    }

    /// <summary>All that was given to the store before has been written when this is done.</summary>
    public static async Task WrittenAsync(SqliteStore store)
    {
        await store.LoadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        // They are counted after that, the first time.
        for (var i = 0; i < 30_000 && store.Health is { IsWorking: true, Sheets: null }; i++)
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
    }

    public static async Task<string> ReadAsync(SqliteStore store, string key) => Sheets.Show(await store.FindAsync(key, CancellationToken.None));

    /// <summary>Until something is so that another thread does; ticks pass meanwhile.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 12_000; i++)
        {
            if (condition())
                return;
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Fail("Nothing comes of it.");
    }

    /// <summary>As another program that does something to the file.</summary>
    public void Change(string sql)
    {
        using var other = Connect();
        Run(other, sql);
    }

    /// <summary>As another program that holds the file locked, until it is disposed.</summary>
    public IDisposable Lock()
    {
        var other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        return other;
    }

    public long CountPages()
    {
        using var other = Connect();
        using var command = other.CreateCommand();
        command.CommandText = "PRAGMA page_count";
        return (long)command.ExecuteScalar()!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in _stores)
            await store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
