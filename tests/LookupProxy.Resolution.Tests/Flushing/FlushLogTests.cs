using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Flushing;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Flushing;

public sealed class FlushLogTests
{
    private const int Threads = 4;

    private const int Each = 3000;

    [Fact]
    public void Of_many_flushes_at_once_none_fails_while_old_ones_are_let_go()
    {
        using var world = World.Of(1);
        using var ready = new Barrier(Threads);
        var model = world.Resolver.Model;
        var log = new FlushLog(keyLimit: 100);
        var failures = new Exception?[Threads];
        var threads = Enumerable.Range(0, Threads).Select(number => new Thread(() => failures[number] = Record.Exception(() => Flush(number)))).ToList();
        threads.ForEach(static thread => thread.Start());
        threads.ForEach(static thread => thread.Join());

        Assert.All(failures, Assert.Null);
        Assert.Equal(Each, log.LastOf($"shared\np{Each}.0@corp.example"));

        void Flush(int thread)
        {
            var marks = Enumerable.Range(1, Each)
                .Select(i => FlushMark.Of(new FlushScope.OfAddress(Mail.Of($"p{i}.{thread}@corp.example")), model, at: i)).ToArray();
            ready.SignalAndWait();
            Array.ForEach(marks, log.Add);
        }
    }
}
