using System.Collections.Immutable;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;
using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>A connection that only reads.</summary>
internal sealed class SheetReading : IDisposable
{
    public const string Find = "SELECT answers FROM sheets WHERE domain = $domain AND local = $local AND namespace = $namespace";

    public static readonly string[] FindParameters = ["$domain", "$local", "$namespace"];

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _find;

    /// <exception cref="SqliteException">It can't be read.</exception>
    public SheetReading(AnswerFile file)
    {
        try
        {
            _connection = Checked(file.Connect(SqliteOpenMode.ReadOnly));
        }
        catch (SqliteException exception) when (FileFault.MayBeOfTheDisk(exception) && file.IsWhole)
        {
            _connection = Checked(file.ConnectFrozen());
        }

        _find = _connection.Statement(Find, FindParameters);
    }

    public StoredSheet? Read(string key)
    {
        var parts = StoredKey.Of(key);
        return _find.With(parts.Domain, parts.Local, parts.Namespace).ExecuteScalar() is byte[] octets ? SheetCodec.Decode(key, octets) : null;
    }

    public ImmutableArray<Override> Overrides() => OverrideTable.All(_connection);

    private static SqliteConnection Checked(SqliteConnection connection)
    {
        try
        {
            Schema.Check(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _find.Dispose();
        _connection.Dispose();
    }
}
