using System.Collections.Concurrent;
using LookupProxy.Core.Storage;
using LookupProxy.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using static LookupProxy.Storage.Tests.Encoding.Sheets;

namespace LookupProxy.Storage.Tests.Sqlite;

/// <summary>What the store's threads do when they come between two steps of another.</summary>
public sealed class StoreThreadsTests
{
    private const string Anna = "shared\nanna@corp.example";

    [Fact]
    public async Task A_read_that_comes_while_the_file_is_put_aside_does_not_hold_on_to_it()
    {
        await using var lab = new StoreLab();
        var store = await lab.OpenedAsync();
        store.Keep(Of(Anna, Exists("contoso")));
        await StoreLab.WrittenAsync(store);
        await store.DisposeAsync();
        var generation = 0;
        using var requests = new BlockingCollection<ReadRequest>();
        var file = new AnswerFile(lab.Path, lab.Time);
        using var reader = new StoreReader(file, requests, lab.Time, static (_, _) => { }, () => Volatile.Read(ref generation));
        var thread = reader.Start(1);
        Assert.NotNull(await ReadAsync());

        reader.Close();
        Assert.Null(await ReadAsync());
        file.Rename(FileFaultKind.Damaged);
        await (await lab.OpenedAsync()).DisposeAsync();
        Volatile.Write(ref generation, 1);

        Assert.Null(await ReadAsync());
        requests.CompleteAdding();
        thread.Join();

        Task<StoredSheet?> ReadAsync()
        {
            var request = new ReadRequest(Anna, lab.Time.GetTimestamp());
            requests.Add(request);
            return request.Answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task A_timer_or_a_reader_that_comes_after_the_end_harms_nobody()
    {
        await using var lab = new StoreLab();
        var writer = new StoreWriter(
            lab.Options, new AnswerFile(lab.Path, lab.Time), new WriteQueue(limit: 10), new StoreState(lab.Path, lab.Time), static () => { }, lab.Time, NullLogger.Instance);
        writer.Start();
        writer.Stop();
        await writer.Ended.WaitAsync(TimeSpan.FromSeconds(30));
        writer.Dispose();

        Assert.Null(Record.Exception(writer.Wake));
    }
}
