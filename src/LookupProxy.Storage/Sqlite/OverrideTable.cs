using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The overrides: few, and seldom touched.</summary>
internal static class OverrideTable
{
    public static void Keep(SqliteConnection connection, Override entry)
    {
        using var command = connection.Statement(
            "INSERT OR REPLACE INTO overrides (address, valid, until, why, set_at) VALUES ($address, $valid, $until, $why, $set_at)",
            "$address", "$valid", "$until", "$why", "$set_at");
        command.With(
            entry.Address.ToMailbox(), entry.IsValid ? 1 : 0, entry.Until.ToUnixTimeMilliseconds(), entry.Why, entry.SetAt.ToUnixTimeMilliseconds()).ExecuteNonQuery();
    }

    public static void Remove(SqliteConnection connection, string address)
    {
        using var command = connection.Statement("DELETE FROM overrides WHERE address = $address", "$address");
        command.With(address).ExecuteNonQuery();
    }

    public static void RemoveBefore(SqliteConnection connection, DateTimeOffset time)
    {
        using var command = connection.Statement("DELETE FROM overrides WHERE until < $until", "$until");
        command.With(time.ToUnixTimeMilliseconds()).ExecuteNonQuery();
    }

    public static ImmutableArray<Override> All(SqliteConnection connection)
    {
        var all = ImmutableArray.CreateBuilder<Override>();
        using var command = connection.Statement("SELECT address, valid, until, why, set_at FROM overrides ORDER BY set_at");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (AddressParser.TryParse(reader.GetString(0), AddressSyntax.Mailbox, out var address) == AddressFault.None)
                all.Add(new Override(address!, reader.GetInt64(1) != 0, Time(reader.GetInt64(2)), reader.GetString(3), Time(reader.GetInt64(4))));
        }

        return all.ToImmutable();
    }

    private static DateTimeOffset Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(milliseconds, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
}
