using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Encoding;
using Microsoft.Data.Sqlite;

namespace LookupProxy.Storage.Sqlite;

/// <summary>The sheets, as the writer sees them: inside a transaction of its caller.</summary>
internal sealed class SheetTable(SqliteConnection connection, TimeSpan staleFor) : IDisposable
{
    private readonly SqliteCommand _find = connection.Statement(SheetReading.Find, SheetReading.FindParameters);
    private readonly SqliteCommand _put = connection.Statement(
        """
        INSERT INTO sheets (domain, local, namespace, until, answers) VALUES ($domain, $local, $namespace, $until, $answers)
        ON CONFLICT (domain, local, namespace) DO UPDATE SET until = excluded.until, answers = excluded.answers
        """,
        "$domain", "$local", "$namespace", "$until", "$answers");

    private readonly SqliteCommand _forgetAddress = connection.Statement("DELETE FROM sheets WHERE domain = $domain AND local = $local", "$domain", "$local");
    private readonly SqliteCommand _forgetDomain = connection.Statement("DELETE FROM sheets WHERE domain = $domain", "$domain");
    private readonly SqliteCommand _removeExpired = connection.Statement(
        "DELETE FROM sheets WHERE id IN (SELECT id FROM sheets WHERE until < $now ORDER BY until LIMIT $limit)", "$now", "$limit");

    private readonly SqliteCommand _removeShortest = connection.Statement("DELETE FROM sheets WHERE id IN (SELECT id FROM sheets ORDER BY until LIMIT $limit)", "$limit");

    public long Count() => (long)connection.Value("SELECT count(*) FROM sheets")!;

    /// <summary>True when there was none of its key.</summary>
    public bool Put(StoredSheet sheet, DateTimeOffset now)
    {
        var key = StoredKey.Of(sheet.Key);
        var existing = _find.With(key.Domain, key.Local, key.Namespace).ExecuteScalar() as byte[];
        if (existing is not null && SheetCodec.Decode(sheet.Key, existing) is { } stored)
            sheet = SheetMerge.Merge(stored, sheet, now);
        _put.With(key.Domain, key.Local, key.Namespace, UsefulUntil(sheet).ToUnixTimeSeconds(), SheetCodec.Encode(sheet)).ExecuteNonQuery();
        return existing is null;
    }

    /// <summary>Returns how many there were.</summary>
    public int Forget(FlushScope scope)
    {
        switch (scope)
        {
            case FlushScope.OfAddress address:
                return _forgetAddress.With(address.Address.Domain.ToString(), address.Address.LocalPart.ToString()).ExecuteNonQuery();
            case FlushScope.OfDomain domain:
                return _forgetDomain.With(domain.Domain).ExecuteNonQuery();
            default:
                // Without a condition SQLite drops the pages instead of the rows.
                return connection.Execute("DELETE FROM sheets");
        }
    }

    public int RemoveExpired(DateTimeOffset now, int limit) => _removeExpired.With(now.ToUnixTimeSeconds(), limit).ExecuteNonQuery();

    public int RemoveShortest(int limit) => _removeShortest.With(limit).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_find, _put, _forgetAddress, _forgetDomain, _removeExpired, _removeShortest])
            command.Dispose();
    }

    private DateTimeOffset UsefulUntil(StoredSheet sheet)
    {
        var last = DateTimeOffset.UnixEpoch;
        foreach (var answer in sheet.Answers)
        {
            var end = Add(answer.GivenAt, answer.FreshFor);
            if (answer.Answer is Answer.Exists)
                end = Add(end, staleFor);
            last = end > last ? end : last;
        }

        return last;
    }

    private static DateTimeOffset Add(DateTimeOffset time, TimeSpan span) => DateTimeOffset.MaxValue - time > span ? time + span : DateTimeOffset.MaxValue;
}
