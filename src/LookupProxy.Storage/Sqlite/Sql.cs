using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

internal static class Sql
{
    public static int Execute(this SqliteConnection connection, string text)
    {
        using var command = connection.Statement(text);
        return command.ExecuteNonQuery();
    }

    public static object? Value(this SqliteConnection connection, string text)
    {
        using var command = connection.Statement(text);
        return command.ExecuteScalar();
    }

    /// <summary>Steps to the end: an incremental vacuum frees a page a row.</summary>
    public static void ReadAll(this SqliteConnection connection, string text)
    {
        using var command = connection.Statement(text);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
        }
    }

    /// <param name="parameters">Their names, with the dollar.</param>
    public static SqliteCommand Statement(this SqliteConnection connection, string text, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var name in parameters)
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }

    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i];
        return command;
    }
}
