using LookupProxy.Storage.Sqlite;
using LookupProxy.TestKit.Addresses;
using static LookupProxy.Storage.Tests.Encoding.Sheets;

namespace LookupProxy.Storage.Tests.Sqlite;

/// <summary>Whatever becomes of the file: nothing is thrown, health says so, and it is well again by itself.</summary>
public sealed class FileFaultTests
{
    private const string Anna = "shared\nanna@corp.example";

    public static TheoryData<string, string> Strange => new()
    {
        { "text", "foreign" }, { "database", "foreign" }, { "version", "foreign" }, { "header", "foreign" }, { "pages", "damaged" }, { "torn", "damaged" },
    };

    [Theory]
    [MemberData(nameof(Strange))]
    public async Task A_file_that_cannot_be_used_is_set_aside_whole_and_a_new_one_begun(string what, string word)
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        Spoil(lab, what);
        var spoilt = File.ReadAllBytes(lab.Path);

        // A torn file may be found out only by what is read of it.
        var store = lab.Open();
        store.Keep(Of("shared\nnew@corp.example", Exists("contoso")));
        await StoreLab.WrittenAsync(store);
        for (var i = 0; i < 3000 && !lab.SetAside.Any(); i++)
            await store.FindAsync($"shared\np{i}@corp.example", CancellationToken.None);
        await lab.UntilAsync(() => lab.SetAside.Any() && store.Health is { IsWorking: true, Detail: not null });

        var aside = Assert.Single(lab.SetAside);
        Assert.StartsWith(lab.Path + "." + word, aside, StringComparison.Ordinal);
        if (word == "foreign")
            Assert.Equal(spoilt, File.ReadAllBytes(aside));
        Assert.Contains(aside, store.Health.Detail, StringComparison.Ordinal);
        Assert.Equal("store-set-aside", Assert.Single(store.Current).Name);
        await WorksAsync(store);

        // Health keeps saying so until somebody has removed it.
        File.Delete(aside);
        await lab.UntilAsync(() => store.Health.Detail is null);
        Assert.Empty(store.Current);
    }

    [Fact]
    public async Task A_damaged_file_that_is_found_out_while_it_is_in_use_is_set_aside_too()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var store = await lab.OpenedAsync();
        using (var file = new FileStream(lab.Path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            file.Position = 4096;
            file.Write(new byte[file.Length - 4096]);
        }

        for (var i = 0; i < 3000; i++)
            await store.FindAsync($"shared\np{i}@corp.example", CancellationToken.None);
        store.Keep(Of(Anna, Exists("contoso")));
        await lab.UntilAsync(() => lab.SetAside.Any() && store.Health.IsWorking);
        await WorksAsync(store);
    }

    [Fact]
    public async Task Only_a_few_damaged_files_are_kept()
    {
        await using var lab = new StoreLab();
        for (var round = 0; round < 6; round++)
        {
            await FillAsync(lab);
            Spoil(lab, "pages");
            lab.Time.Advance(TimeSpan.FromMinutes(1));
            await using var store = await lab.OpenedAsync();
            for (var i = 0; i < 3000; i++)
                await store.FindAsync($"shared\np{i}@corp.example", CancellationToken.None);
            await lab.UntilAsync(() => !File.Exists(lab.Path) || new FileInfo(lab.Path).Length < 100_000);
        }

        Assert.Equal(3, lab.SetAside.Count());
    }

    [Fact]
    public async Task A_file_that_another_process_holds_locked_is_used_when_it_lets_go()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var store = await lab.OpenedAsync();
        using (lab.Lock())
        {
            store.Keep(Of("shared\nnew@corp.example", Exists("contoso")));
            await lab.UntilAsync(() => !store.Health.IsWorking);

            Assert.Contains("locked", store.Health.Detail, StringComparison.Ordinal);
            Assert.Equal(1, store.Health.Pending);
            Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        }

        await lab.UntilAsync(() => store.Health is { IsWorking: true, Pending: 0 });
        Assert.NotNull(await store.FindAsync("shared\nnew@corp.example", CancellationToken.None));
    }

    [Fact]
    public async Task A_full_disk_is_told_and_what_is_known_can_still_be_read()
    {
        await using var lab = new StoreLab();
        var pages = 100;
        var store = await lab.OpenedAsync(options => options with { MaxPages = () => pages, MaxPending = 2000 });
        for (var i = 0; i < 500; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Full("contoso")));
        await StoreLab.WrittenAsync(store);
        for (var i = 500; i < 5000; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Full("contoso")));
        await lab.UntilAsync(() => !store.Health.IsWorking);

        Assert.Contains("full", store.Health.Detail, StringComparison.Ordinal);
        Assert.Equal("store-down", Assert.Single(store.Current).Name);
        Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.InRange(store.Health.Pending, 1, 2000);
        Assert.True(store.Health.Dropped > 0);
        Assert.False(await store.KeepAsync(
            new Core.Overrides.Override(Mail.Of("anna@corp.example"), true, Noon.AddHours(1), "", Noon), CancellationToken.None));

        pages = 100_000;
        await lab.UntilAsync(() => store.Health is { IsWorking: true, Pending: 0 });
        Assert.Single(await store.LoadAsync(CancellationToken.None));
        await WorksAsync(store);
    }

    [Fact]
    public async Task Overrides_and_sheets_of_a_file_that_can_only_be_read_count_after_a_restart()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var entry = new Core.Overrides.Override(Mail.Of("anna@corp.example"), true, Noon.AddHours(1), "", Noon);
        await using (var first = lab.Open())
            Assert.True(await first.KeepAsync(entry, CancellationToken.None));
        using var hold = lab.Lock();

        var store = lab.Open();
        Assert.Equal([entry], await store.LoadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.False(store.Health.IsWorking);
    }

    [Fact]
    public async Task Overrides_of_a_file_that_can_only_be_read_count_however_late_they_are_asked_for()
    {
        await using var lab = new StoreLab();
        var entry = new Core.Overrides.Override(Mail.Of("anna@corp.example"), true, Noon.AddHours(1), "", Noon);
        await using (var first = lab.Open())
            Assert.True(await first.KeepAsync(entry, CancellationToken.None));
        using var hold = lab.Lock();
        var store = lab.Open();
        await lab.UntilAsync(() => store.Current.Any() && store.CanBeRead);

        Assert.Equal([entry], await store.LoadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Where_nothing_can_be_written_beside_it_a_whole_file_is_read_all_the_same()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var entry = new Core.Overrides.Override(Mail.Of("anna@corp.example"), true, Noon.AddHours(1), "", Noon);
        await using (var first = lab.Open())
            Assert.True(await first.KeepAsync(entry, CancellationToken.None));

        // As on a disk that is full or read-only: SQLite's shared memory can't be made.
        Directory.CreateDirectory(lab.Path + "-shm");
        var store = lab.Open();
        Assert.Equal([entry], await store.LoadAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.False(store.Health.IsWorking);

        Directory.Delete(lab.Path + "-shm");
        await lab.UntilAsync(() => store.Health.IsWorking);
        await WorksAsync(store);
        Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
    }

    [Fact]
    public async Task A_flush_while_the_file_cannot_be_written_counts_at_once_and_is_made_good_later()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var store = await lab.OpenedAsync();
        using (lab.Lock())
        {
            store.Keep(Of("shared\np1@corp.example", Exists("contoso")));
            await lab.UntilAsync(() => !store.Health.IsWorking);
            Assert.False(await store.ForgetAsync(new Core.Storage.FlushScope.OfAddress(Mail.Of("p1@corp.example")), CancellationToken.None));

            Assert.Null(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
            Assert.NotNull(await store.FindAsync("shared\np2@corp.example", CancellationToken.None));
        }

        await lab.UntilAsync(() => store.Health.IsWorking);
        await StoreLab.WrittenAsync(store);
        Assert.Null(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.Equal(2999, store.Health.Sheets);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_told_and_tried_again()
    {
        await using var lab = new StoreLab();
        var folder = Path.Combine(lab.Folder, "state");
        await File.WriteAllTextAsync(folder, "a file where the folder should be");
        var store = lab.Open(options => options with { Path = Path.Combine(folder, "answers.db") });
        store.Keep(Of("shared\nnew@corp.example", Exists("contoso")));
        await lab.UntilAsync(() => !store.Health.IsWorking && store.Health.Detail != "it is being opened");
        Assert.Null(await store.FindAsync(Anna, CancellationToken.None));

        File.Delete(folder);
        await lab.UntilAsync(() => store.Health is { IsWorking: true, Pending: 0 });
        await WorksAsync(store);
    }

    [Fact]
    public async Task A_file_that_somebody_removes_is_begun_anew()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        var store = await lab.OpenedAsync();
        foreach (var file in Directory.GetFiles(lab.Folder))
            File.Delete(file);
        await lab.UntilAsync(() => File.Exists(lab.Path));

        await WorksAsync(store);
        Assert.Equal(1, store.Health.Sheets);
    }

    [Fact]
    public async Task A_file_that_is_begun_anew_has_the_overrides_in_force()
    {
        await using var lab = new StoreLab();
        Core.Overrides.Override[] entries = [.. new[] { "anna", "bert", "eva" }.Select(static name => new Core.Overrides.Override(Mail.Of($"{name}@corp.example"), true, Noon.AddHours(1), "", Noon))];
        await using (var first = await lab.OpenedAsync())
            Assert.True(await first.KeepAsync(entries[0], CancellationToken.None));
        var store = await lab.OpenedAsync();
        Assert.True(await store.KeepAsync(entries[1], CancellationToken.None));
        Assert.True(await store.KeepAsync(entries[2], CancellationToken.None));
        Assert.True(await store.RemoveAsync(entries[2].Address, CancellationToken.None));
        foreach (var file in Directory.GetFiles(lab.Folder))
            File.Delete(file);
        await lab.UntilAsync(() => File.Exists(lab.Path) && store.Health is { IsWorking: true, Sheets: 0 });
        await store.DisposeAsync();

        var next = await lab.OpenedAsync();
        Assert.Equal(entries[..2], (await next.LoadAsync(CancellationToken.None)).OrderBy(static entry => entry.Address.Text));
    }

    [Fact]
    public async Task A_damaged_row_is_not_there_and_harms_no_other()
    {
        await using var lab = new StoreLab();
        await FillAsync(lab);
        lab.Change("UPDATE sheets SET answers = randomblob(40) WHERE local = 'p1'; UPDATE sheets SET answers = (SELECT answers FROM sheets WHERE local = 'p3') WHERE local = 'p2'");
        var store = await lab.OpenedAsync();
        Assert.Null(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.Null(await store.FindAsync("shared\np2@corp.example", CancellationToken.None));
        Assert.NotNull(await store.FindAsync("shared\np3@corp.example", CancellationToken.None));
        store.Keep(Of("shared\np1@corp.example", Exists("contoso")));
        await StoreLab.WrittenAsync(store);
        Assert.NotNull(await store.FindAsync("shared\np1@corp.example", CancellationToken.None));
        Assert.Null(store.Health.Detail);
    }

    private static async Task FillAsync(StoreLab lab)
    {
        await using var store = await lab.OpenedAsync();
        for (var i = 0; i < 3000; i++)
            store.Keep(Of($"shared\np{i}@corp.example", Full("contoso")));
        await StoreLab.WrittenAsync(store);
    }

    private static void Spoil(StoreLab lab, string what)
    {
        switch (what)
        {
            case "text":
                File.WriteAllText(lab.Path, string.Concat(Enumerable.Repeat("cache: { store: sqlite }\n", 1000)));
                break;
            case "database":
                File.Delete(lab.Path);
                lab.Change("CREATE TABLE bookmarks (url TEXT); INSERT INTO bookmarks VALUES ('https://example.org')");
                break;
            case "version":
                lab.Change("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)");
                break;
            case "header":
                Overwrite(lab.Path, 0, 100);
                break;
            case "pages":
                // Not the first, which holds the schema.
                Overwrite(lab.Path, 4096, (int)new FileInfo(lab.Path).Length - 4096);
                break;
            case "torn":
                using (var file = new FileStream(lab.Path, FileMode.Open))
                    file.SetLength(file.Length / 3);
                break;
        }
    }

    private static void Overwrite(string path, int from, int length)
    {
        var noise = new byte[length];
        new Random(1).NextBytes(noise);
        using var file = new FileStream(path, FileMode.Open);
        file.Position = from;
        file.Write(noise);
    }

    private static async Task WorksAsync(SqliteStore store)
    {
        store.Keep(Of(Anna, Exists("contoso")));
        await StoreLab.WrittenAsync(store);
        Assert.Equal(Show(Of(Anna, Exists("contoso"))), await StoreLab.ReadAsync(store, Anna));
        Assert.True(store.Health.IsWorking);
    }
}
