using LookupProxy.Core.Storage;
using LookupProxy.Storage.Sqlite;

namespace LookupProxy.Storage.Tests.Sqlite;

public sealed class WriteQueueTests
{
    private const int TooMany = 10_001;
    private const string Anna = "shared\nanna@corp.example";

    private readonly WriteQueue _queue = new(limit: 10);

    [Fact]
    public void So_many_flushes_that_all_is_forgotten_instead_are_over_when_that_is_done()
    {
        Flush(TooMany);
        Assert.True(_queue.IsForgotten(Anna));
        var batch = _queue.Take(10);
        Assert.IsType<FlushScope.OfAll>(Assert.IsType<WriteOrder.Forget>(Assert.Single(batch.Orders)).Scope);
        _queue.Written(batch);
        Assert.False(_queue.IsForgotten(Anna));
    }

    [Fact]
    public void Flushes_that_come_back_from_the_writer_are_done_though_all_is_forgotten_meanwhile()
    {
        Flush(5);
        var first = _queue.Take(10);
        Flush(TooMany);
        _queue.Return(first);
        Assert.True(_queue.IsForgotten(Anna));
        var second = _queue.Take(10);
        Assert.Contains(second.Orders, static order => order is WriteOrder.Forget { Scope: FlushScope.OfAll });
        _queue.Written(second);
        Assert.False(_queue.IsForgotten(Anna));
        Assert.All(first.Orders, static order => Assert.True(order.Done.IsCompleted));
    }

    private void Flush(int times)
    {
        for (var i = 0; i < times; i++)
            _queue.Add(new WriteOrder.Forget(new FlushScope.OfDomain($"d{i}.example")));
    }
}
