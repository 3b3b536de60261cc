using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>What is wrong with the file.</summary>
internal enum FileFaultKind
{
    /// <summary>For now: full, locked, read-only, a fault of the disk. It is tried again.</summary>
    Passing,

    /// <summary>It was ours once and can't be read any more.</summary>
    Damaged,

    /// <summary>Not ours: another program's, or of another version.</summary>
    Foreign,
}

/// <param name="Text">For people.</param>
internal sealed record FileFault(FileFaultKind Kind, string Text)
{
    // https://sqlite.org/rescode.html: the primary codes.
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    public static FileFault Of(Exception exception) => exception switch
    {
        ForeignFileException foreign => new(FileFaultKind.Foreign, foreign.Message),
        SqliteException sqlite => Of(sqlite),
        UnauthorizedAccessException => new(FileFaultKind.Passing, "no permission to write it"),
        _ => new(FileFaultKind.Passing, exception.Message),
    };

    /// <summary>Nothing can be written there, rather than that the file is not well.</summary>
    public static bool MayBeOfTheDisk(SqliteException exception) => exception.SqliteErrorCode is ReadOnly or InputOutput or Full or CannotOpen;

    private static FileFault Of(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Corrupt => new(FileFaultKind.Damaged, "it is damaged"),
        NotADatabase => new(FileFaultKind.Foreign, "it is no SQLite database"),
        Busy or Locked => new(FileFaultKind.Passing, "another process holds it locked"),
        Full => new(FileFaultKind.Passing, "the disk is full"),
        ReadOnly => new(FileFaultKind.Passing, "it or its file system is read-only"),
        Permission or CannotOpen => new(FileFaultKind.Passing, "it can't be opened: look at the rights of the file and of its folder, and whether the disk is full"),
        InputOutput => new(FileFaultKind.Passing, $"the disk fails ({exception.SqliteExtendedErrorCode})"),
        _ => new(FileFaultKind.Passing, exception.Message),
    };
}
