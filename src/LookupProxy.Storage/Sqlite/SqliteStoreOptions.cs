namespace LookupProxy.Storage.Sqlite;

public sealed record SqliteStoreOptions
{
    public const int DefaultMaxStored = 2_000_000;

    /// <summary>Full. Its folder is made when it is not there.</summary>
    public required string Path { get; init; }

    /// <summary>How long an Exists is kept beyond its time.</summary>
    public required TimeSpan StaleFor { get; init; }

    /// <summary>Sheets. Beyond it those go that would be of use for the shortest time.</summary>
    public int MaxStored { get; init; } = DefaultMaxStored;

    /// <summary>A sheet waits no longer for others to be written with it. What is lost to a kill -9 is younger.</summary>
    public TimeSpan BatchFor { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Sheets in a transaction.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Sheets that wait; a further one is let go.</summary>
    public int MaxPending { get; init; } = 20_000;

    /// <summary>After a fault the file is tried again this often.</summary>
    public TimeSpan RetryEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>For tests: a limit of the database's size, read at each opening; at it SQLite says what it says of a full disk.</summary>
    internal Func<int>? MaxPages { get; init; }
}
