using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The tables, and by what a file is known as ours.</summary>
internal static class Schema
{
    /// <summary>"LkPx" (https://sqlite.org/pragma.html#pragma_application_id).</summary>
    private const long ApplicationId = 0x4C6B5078;

    /// <summary>Of the tables. The encoding of the answers has its own.</summary>
    private const long Version = 1;

    private static readonly string Tables = $"""
        BEGIN IMMEDIATE;
        CREATE TABLE sheets (
            id INTEGER PRIMARY KEY,
            domain TEXT NOT NULL,
            local TEXT NOT NULL,
            namespace TEXT NOT NULL,
            until INTEGER NOT NULL,
            answers BLOB NOT NULL);
        CREATE UNIQUE INDEX sheets_key ON sheets (domain, local, namespace);
        CREATE INDEX sheets_until ON sheets (until);
        CREATE TABLE overrides (
            address TEXT PRIMARY KEY,
            valid INTEGER NOT NULL,
            until INTEGER NOT NULL,
            why TEXT NOT NULL,
            set_at INTEGER NOT NULL) WITHOUT ROWID;
        PRAGMA application_id = {ApplicationId};
        PRAGMA user_version = {Version};
        COMMIT;
        """;

    /// <exception cref="ForeignFileException">The file is another program's, or of another version.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        // Takes effect on a file that has no page yet, so it comes first.
        if (IsEmpty(connection))
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        else
            Check(connection);
        if (connection.Value("PRAGMA journal_mode = WAL") is not "wal")
            throw new IOException("its file system can't share memory between processes, which SQLite's WAL needs (NFS?)");

        // A commit survives the process; after a loss of power the last ones may be missing, the file is whole all the same.
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864");
        if (IsEmpty(connection))
            connection.Execute(Tables);
    }

    /// <exception cref="ForeignFileException">The file is another program's, or of another version.</exception>
    public static void Check(SqliteConnection connection)
    {
        if (connection.Value("PRAGMA application_id") is not ApplicationId)
            throw new ForeignFileException("it is another program's database");
        if (connection.Value("PRAGMA user_version") is not Version)
            throw new ForeignFileException("it is of another version of this program");
    }

    /// <summary>Changes nothing, and fails when nothing can be written.</summary>
    public static void TryWrite(SqliteConnection connection) => connection.Execute($"BEGIN IMMEDIATE; PRAGMA user_version = {Version}; COMMIT");

    private static bool IsEmpty(SqliteConnection connection) => connection.Value("SELECT count(*) FROM sqlite_schema") is 0L && connection.Value("PRAGMA application_id") is 0L;
}
