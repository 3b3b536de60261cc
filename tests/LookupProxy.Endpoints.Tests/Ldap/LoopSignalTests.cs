using System.Collections.Concurrent;
using LookupProxy.Endpoints.Ldap.Server;

namespace LookupProxy.Endpoints.Tests.Ldap;

public class LoopSignalTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void What_was_set_before_is_not_waited_for()
    {
        var signal = new LoopSignal();
        signal.Set();
        signal.Set();
        Assert.True(signal.WaitAsync().AsTask().IsCompleted);
        Assert.False(signal.WaitAsync().AsTask().IsCompleted);
    }

    [Fact]
    public async Task It_wakes_time_and_again()
    {
        var signal = new LoopSignal();
        for (var i = 0; i < 3; i++)
        {
            var waiting = signal.WaitAsync().AsTask();
            Assert.False(waiting.IsCompleted);
            signal.Set();
            await waiting.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Nothing_that_many_threads_leave_for_the_loop_is_missed()
    {
        const int Threads = 4;
        const int Each = 50_000;
        var signal = new LoopSignal();
        var left = new ConcurrentQueue<int>();
        var taken = 0;
        var loop = Task.Run(async () =>
        {
            while (taken < Threads * Each)
            {
                await signal.WaitAsync();
                while (left.TryDequeue(out _))
                    taken++;
            }
        });
        Parallel.For(0, Threads, _ =>
        {
            for (var i = 0; i < Each; i++)
            {
                left.Enqueue(i);
                signal.Set();
            }
        });
        await loop.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(Threads * Each, taken);
    }
}
