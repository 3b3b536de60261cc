using System.Runtime.Versioning;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Sqlite;
using LookupProxy.TestKit.Addresses;
using static LookupProxy.Storage.Tests.Encoding.Sheets;

namespace LookupProxy.Storage.Tests.Sqlite;

public sealed class SqliteStoreTests
{
    private const string Anna = "shared\nanna@corp.example";
    private const string Bert = "shared\nbert@corp.example";

    [Fact]
    public async Task What_was_kept_is_found_also_after_a_restart()
    {
        await using var lab = new StoreLab();
        var sheet = Of(Anna, Full("contoso"), Absent("unixhost"));
        var store = lab.Open();
        store.Keep(sheet);
        await StoreLab.WrittenAsync(store);

        Assert.Equal(Show(sheet), await StoreLab.ReadAsync(store, Anna));
        await store.DisposeAsync();

        // Whole in one file, as for a copy.
        Assert.Equal([lab.Path], Directory.GetFiles(lab.Folder));
        Assert.Equal(Show(sheet), await StoreLab.ReadAsync(await lab.OpenedAsync(), Anna));
    }

    [Fact]
    public async Task What_waits_when_the_process_ends_is_written()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        for (var i = 0; i < 5000; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Exists("contoso")));
        await store.DisposeAsync();

        var next = await lab.OpenedAsync();
        Assert.Equal(5000, next.Health.Sheets);
        Assert.Equal(Show(Of("shared\np4999@corp.example", Exists("contoso"))), await StoreLab.ReadAsync(next, "shared\np4999@corp.example"));
    }

    [Fact]
    public async Task A_sheet_is_found_under_its_own_key_only()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        store.Keep(Of(Anna, Exists("contoso")));
        await StoreLab.WrittenAsync(store);

        foreach (var key in new[] { Bert, "other\nanna@corp.example", "shared\nanna@corp", "shared\nANNA@corp.example", "shared\nanna@other@corp.example", "anna@corp.example" })
            Assert.Equal("none", await StoreLab.ReadAsync(store, key));
    }

    [Fact]
    public async Task An_older_answer_does_not_replace_a_newer_one()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        store.Keep(Of(Anna, Exists("contoso", 10)));
        await StoreLab.WrittenAsync(store);
        store.Keep(Of(Anna, Absent("contoso"), Exists("unixhost")));
        await StoreLab.WrittenAsync(store);

        Assert.Equal(Show(Of(Anna, Exists("contoso", 10), Exists("unixhost"))), await StoreLab.ReadAsync(store, Anna));
        Assert.Equal(1, store.Health.Sheets);
    }

    [Fact]
    public async Task A_flush_forgets_what_it_is_of_and_nothing_else()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        string[] keys = [Anna, "other\nanna@corp.example", Bert, "shared\njoanna@corp.example", "shared\nanna@my.corp.example", "shared\nanna@xcorp.example"];
        Keep();
        await StoreLab.WrittenAsync(store);

        Assert.True(await store.ForgetAsync(new FlushScope.OfAddress(Mail.Of("anna@corp.example")), CancellationToken.None));
        Assert.Equal(keys[2..], await FoundAsync());
        Assert.Equal(4, store.Health.Sheets);
        await store.ForgetAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None);
        Assert.Equal(keys[4..], await FoundAsync());
        await store.ForgetAsync(new FlushScope.OfAll(), CancellationToken.None);
        Assert.Empty(await FoundAsync());
        Assert.Equal(0, store.Health.Sheets);

        // What only waits to be written is forgotten too.
        Keep();
        await store.ForgetAsync(new FlushScope.OfDomain("corp.example"), CancellationToken.None);
        await StoreLab.WrittenAsync(store);
        Assert.Equal(keys[4..], await FoundAsync());

        void Keep()
        {
            foreach (var key in keys)
                store.Keep(Of(key, Exists("contoso")));
        }

        async Task<IEnumerable<string>> FoundAsync()
        {
            var found = new List<string>();
            foreach (var key in keys)
            {
                if (await store.FindAsync(key, CancellationToken.None) is not null)
                    found.Add(key);
            }

            return found;
        }
    }

    [Fact]
    public async Task Overrides_outlive_the_process()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        var anna = new Override(Mail.Of("anna@corp.example"), true, Noon.AddHours(2), "new mailbox, ticket 12", Noon);
        var odd = new Override(Mail.Of("\"a b\"@corp.example"), false, Noon.AddHours(1), "", Noon.AddSeconds(1));
        Assert.True(await store.KeepAsync(anna with { Why = "first" }, CancellationToken.None));
        Assert.True(await store.KeepAsync(anna, CancellationToken.None));
        Assert.True(await store.KeepAsync(odd, CancellationToken.None));
        Assert.True(await store.KeepAsync(odd with { Address = Mail.Of("bert@corp.example") }, CancellationToken.None));
        Assert.True(await store.RemoveAsync(Mail.Of("bert@corp.example"), CancellationToken.None));
        await store.ForgetAsync(new FlushScope.OfAll(), CancellationToken.None);
        await store.DisposeAsync();

        Assert.Equal([anna, odd], await lab.Open().LoadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Overrides_that_are_long_past_are_kept_no_more()
    {
        await using var lab = new StoreLab();
        var store = await lab.OpenedAsync();
        Override[] entries = [.. new[] { 1, 100 }.Select(static hours => new Override(Mail.Of($"p{hours}@corp.example"), true, Noon.AddHours(hours), "", Noon))];
        foreach (var entry in entries)
            Assert.True(await store.KeepAsync(entry, CancellationToken.None));
        lab.Time.Advance(TimeSpan.FromHours(26));
        await lab.UntilAsync(() => store.LoadAsync(CancellationToken.None).AsTask().Result.Length < 2);

        Assert.Equal(entries[1..], await store.LoadAsync(CancellationToken.None));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_files_are_the_owners_alone()
    {
        await using var lab = new StoreLab();
        var store = lab.Open(options => options with { Path = Path.Combine(lab.Folder, "made", "answers.db") });
        store.Keep(Of(Anna, Exists("contoso")));
        await StoreLab.WrittenAsync(store);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(lab.Folder, "made")));
        var files = Directory.GetFiles(Path.Combine(lab.Folder, "made"));
        Assert.Equal(3, files.Length);
        Assert.All(files, static file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Beyond_its_bound_those_go_that_would_be_of_use_for_the_shortest_time()
    {
        await using var lab = new StoreLab();
        var store = lab.Open(static options => options with { MaxStored = 100 });
        for (var i = 0; i < 1000; i++)
            store.Keep(Of($"shared\nharvest{i}@corp.example", Absent("contoso")));
        for (var i = 0; i < 100; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Exists("contoso")));
        await lab.UntilAsync(() => store.Health is { Pending: 0, Sheets: <= 100 });

        for (var i = 0; i < 100; i++)
            Assert.NotNull(await store.FindAsync($"shared\np{i}@corp.example", CancellationToken.None));
    }

    [Fact]
    public async Task What_is_of_no_use_any_more_is_cleaned_away_and_the_disk_gets_its_pages_back()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        // First, while there is room in the queue.
        store.Keep(Of(Anna, Exists("contoso", hours: 24 * 30)));
        for (var i = 0; i < 20_000; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Full("contoso")));
        await lab.UntilAsync(() => store.Health.Pending == 0);
        await StoreLab.WrittenAsync(store);
        Assert.Equal(20_001 - store.Health.Dropped, store.Health.Sheets);
        var before = lab.CountPages();

        // An hour, and the stale time.
        lab.Time.Advance(TimeSpan.FromDays(7));
        await lab.UntilAsync(() => store.Health.Sheets == 1);
        await lab.UntilAsync(() => lab.CountPages() < before / 5);
        Assert.NotNull(await store.FindAsync(Anna, CancellationToken.None));
    }

    [Fact]
    public async Task An_absence_is_kept_for_its_time_only()
    {
        await using var lab = new StoreLab();
        var store = lab.Open();
        store.Keep(Of(Anna, Absent("contoso")));
        await StoreLab.WrittenAsync(store);
        Assert.Equal(1, store.Health.Sheets);

        lab.Time.Advance(TimeSpan.FromSeconds(62));
        await lab.UntilAsync(() => store.Health.Sheets == 0);
    }

    [Fact]
    public async Task Many_threads_at_once_lose_nothing()
    {
        await using var lab = new StoreLab();
        var store = lab.Open(static options => options with { MaxPending = 1_000_000 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 2000; i++)
            {
                store.Keep(Of($"shared\nt{thread}p{i}@corp.example", Exists("contoso", i)));
                if (i % 100 == 0)
                    await store.ForgetAsync(new FlushScope.OfAddress(Mail.Of($"t{thread}p{i}@corp.example")), CancellationToken.None);
                await store.FindAsync($"shared\nt{thread}p{i / 2}@corp.example", CancellationToken.None);
            }
        })));
        await StoreLab.WrittenAsync(store);
        await lab.UntilAsync(() => store.Health.Pending == 0);

        for (var thread = 0; thread < 8; thread++)
        {
            for (var i = 0; i < 2000; i++)
            {
                var found = await store.FindAsync($"shared\nt{thread}p{i}@corp.example", CancellationToken.None) is not null;
                Assert.Equal(i % 100 != 0, found);
            }
        }

        Assert.Equal(8 * (2000 - 20), store.Health.Sheets);
    }
}
