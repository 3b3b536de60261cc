using System.Globalization;
using LookupProxy.Benchmarks.Resolution;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution;
using LookupProxy.Resolution.Model;
using LookupProxy.Storage.Sqlite;
using LookupProxy.TestKit.Addresses;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Benchmarks.Storage;

/// <summary>
/// The SQLite store on a real disk: "store [SHEETS [FOLDER]]". Sheets written a second, bytes for each, time to open, time of a read, and what a lookup pays.
/// The file stays when a folder is given.
/// </summary>
internal static class StoreMeasurement
{
    private static readonly TimeProvider Clock = TimeProvider.System;

    public static async Task RunAsync(string[] arguments)
    {
        var sheets = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = arguments.Length > 1 ? arguments[1] : Directory.CreateTempSubdirectory("lookupproxy-store-").FullName;
        var options = new SqliteStoreOptions { Path = Path.Combine(folder, "answers.db"), StaleFor = TimeSpan.FromDays(7) };
        try
        {
            await WriteAsync(options, sheets);
            await OpenAsync(options);
            await ReadAsync(options, sheets);
            await LookUpAsync(options, sheets);
        }
        finally
        {
            if (arguments.Length < 2)
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(SqliteStoreOptions options, int sheets)
    {
        var began = Clock.GetTimestamp();
        var keeping = TimeSpan.Zero;
        await using (var store = SqliteStore.Open(options, NullLogger.Instance, Clock))
        {
            await store.LoadAsync(CancellationToken.None);
            for (var i = 0; i < sheets; i++)
            {
                var sheet = Sheet(i);
                var before = Clock.GetTimestamp();
                store.Keep(sheet);
                keeping += Clock.GetElapsedTime(before);
                if (i % 1000 == 0)
                {
                    while (store.Health.Pending > options.MaxPending / 2)
                        await Task.Delay(TimeSpan.FromMilliseconds(1), Clock);
                }
            }

            await store.LoadAsync(CancellationToken.None);
            while (store.Health.Pending > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(1), Clock);
            Say($"written        {store.Health.Sheets} sheets, {store.Health.Dropped} dropped, {sheets / Clock.GetElapsedTime(began).TotalSeconds:N0} sheets/s");
            Say($"Keep           {keeping.TotalNanoseconds / sheets:N0} ns for the caller");
        }

        var bytes = new FileInfo(options.Path).Length;
        Say($"on disk        {bytes / 1048576.0:N0} MiB, {bytes / (double)sheets:N0} bytes for each sheet");
    }

    private static async Task OpenAsync(SqliteStoreOptions options)
    {
        var began = Clock.GetTimestamp();
        await using var store = SqliteStore.Open(options, NullLogger.Instance, Clock);
        await store.LoadAsync(CancellationToken.None);
        Say($"open           {Clock.GetElapsedTime(began).TotalMilliseconds:N0} ms until it can be read and written, {store.Health.Sheets} sheets");
    }

    private static async Task ReadAsync(SqliteStoreOptions options, int sheets)
    {
        await using var store = SqliteStore.Open(options, NullLogger.Instance, Clock);
        await store.LoadAsync(CancellationToken.None);
        foreach (var (name, first) in new[] { ("hit", 0), ("miss", sheets) })
        {
            var chance = new Random(1);
            var times = new double[20_000];
            for (var i = 0; i < times.Length; i++)
            {
                var key = Key(first + chance.Next(sheets));
                var before = Clock.GetTimestamp();
                await store.FindAsync(key, CancellationToken.None);
                times[i] = Clock.GetElapsedTime(before).TotalMicroseconds;
            }

            Array.Sort(times);
            Say($"read, {name,-4}     p50 {times[times.Length / 2]:N0} us, p99 {times[times.Length * 99 / 100]:N0} us, one after the other");
        }

        var began = Clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async client =>
        {
            var chance = new Random(client);
            for (var i = 0; i < 5000; i++)
                await store.FindAsync(Key(chance.Next(sheets)), CancellationToken.None);
        }));
        Say($"reads          {32 * 5000 / Clock.GetElapsedTime(began).TotalSeconds:N0}/s, 32 at a time");
    }

    /// <summary>From memory, and new ones of which neither memory nor the store knows; the directories cost nothing.</summary>
    private static async Task LookUpAsync(SqliteStoreOptions options, int sheets)
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var stored in new[] { false, true })
            {
                await using var store = stored ? SqliteStore.Open(options, NullLogger.Instance, Clock) : null;
                if (store is not null)
                    await store.LoadAsync(CancellationToken.None);
                await using var resolver = Federations.Of([new("contoso", 'a'), new("fabrikam", 'b')], new CacheSettings { Absent = TimeSpan.FromHours(1) }, new SecondLevel(store));
                var fresh = await TimeAsync(resolver, 50_000, i => $"a.new{round}{i}@corp.example");
                var known = await TimeAsync(resolver, 1_000_000, i => $"a.new{round}{i % 50_000}@corp.example");
                Say($"lookup         {(stored ? "with" : "without")} a store of {(stored ? sheets : 0)}: {known:N0} ns from memory, {fresh / 1000:N1} us for an address never seen");
            }
        }
    }

    private static async Task<double> TimeAsync(Resolver resolver, int count, Func<int, string> address)
    {
        var asked = Enumerable.Range(0, Math.Min(count, 50_000)).Select(i => Mail.Of(address(i))).ToArray();
        var began = Clock.GetTimestamp();
        for (var i = 0; i < count; i++)
            await resolver.ResolveAsync(new LookupRequest(asked[i % asked.Length]), CancellationToken.None);
        return Clock.GetElapsedTime(began).TotalNanoseconds / count;
    }

    private static string Key(int number) => string.Create(CultureInfo.InvariantCulture, $"shared\nfirstname.lastname{number}@corp.example");

    /// <summary>As two directories make one: one has it, the other does not.</summary>
    private static StoredSheet Sheet(int number) => new(
        Key(number),
        [
            new StoredAnswer(
                "contoso",
                new Answer.Exists(new Recipient
                {
                    Directory = "contoso",
                    PrimaryAddress = string.Create(CultureInfo.InvariantCulture, $"Firstname.Lastname{number}@corp.example"),
                    DistinguishedName = string.Create(CultureInfo.InvariantCulture, $"CN=Lastname{number} Firstname,OU=Users,OU=Site,DC=contoso,DC=example"),
                }),
                Clock.GetUtcNow(),
                TimeSpan.FromMinutes(57)),
            new StoredAnswer("fabrikam", Answer.No, Clock.GetUtcNow(), TimeSpan.FromSeconds(58)),
        ]);

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
