using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The database's files on the disk.</summary>
internal sealed class AnswerFile(string path, TimeProvider time)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Damaged files that are kept, so that a disk which damages one after the other is not filled with them.</summary>
    private const int MaxDamaged = 3;

    private static readonly string[] Companions = ["", "-wal", "-shm"];

    public string Path => path;

    /// <summary>All that was written is in the file itself, as after a clean end.</summary>
    public bool IsWhole => File.Exists(path) && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 };

    /// <summary>Files that were set aside and that nobody has looked at and removed.</summary>
    public IEnumerable<string> SetAside
    {
        get
        {
            try
            {
                return [.. Aside("damaged").Concat(Aside("foreign"))];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return [];
            }
        }
    }

    public SqliteConnection Connect(SqliteOpenMode mode) => Connect(path, mode);

    /// <summary>Reading a WAL database writes beside it, to let others know (https://sqlite.org/wal.html#read_only_databases). Where nothing can be written, nobody else does either.</summary>
    /// <returns>To be closed before anything is written after all.</returns>
    public SqliteConnection ConnectFrozen() => Connect($"{new Uri(path).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly);

    private static SqliteConnection Connect(string source, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = source,
            Mode = mode,
            Pooling = false,
            // Seconds for which a lock is waited for; each statement's own limit.
            DefaultTimeout = 1,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>An empty file when there is none, readable for its owner only: it holds addresses. SQLite gives its companions the same mode.</summary>
    public void Create()
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            // Rights are the folder's there.
            Directory.CreateDirectory(folder);
            return;
        }

        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if (!File.Exists(path))
            new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }).Dispose();
        else if ((File.GetUnixFileMode(path) & ~OwnerOnly) != UnixFileMode.None)
            File.SetUnixFileMode(path, OwnerOnly);
    }

    /// <summary>Renames it with the time. Nobody may have it open: SQLite finds a file's companions by its name.</summary>
    /// <returns>Its new name.</returns>
    public string Rename(FileFaultKind kind)
    {
        var word = kind == FileFaultKind.Foreign ? "foreign" : "damaged";
        var target = $"{path}.{word}-{time.GetUtcNow():yyyyMMdd'T'HHmmssfff'Z'}";
        foreach (var companion in Companions.Where(companion => File.Exists(path + companion)))
            File.Move(path + companion, target + companion);
        foreach (var old in Aside("damaged").Order(StringComparer.Ordinal).SkipLast(MaxDamaged))
        {
            foreach (var companion in Companions)
                File.Delete(old + companion);
        }

        return target;
    }

    private IEnumerable<string> Aside(string word) =>
        Directory.EnumerateFiles(System.IO.Path.GetDirectoryName(path)!, $"{System.IO.Path.GetFileName(path)}.{word}-*Z");
}
