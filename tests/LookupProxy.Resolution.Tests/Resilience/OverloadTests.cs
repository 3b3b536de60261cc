using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class OverloadTests
{
    [Fact]
    public void No_more_than_the_bound_is_outstanding_and_the_queue_follows()
    {
        using var world = Narrow();
        world[0].Delay = TimeSpan.FromMilliseconds(100);
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 5).Select(i => world.Start($"a{i}@corp.example"))];
        Assert.Equal(2, world[0].Asked);
        Assert.Equal(2, world.Resolver.Current[0].Servers[0].Outstanding);
        Assert.All(lookups, lookup => Assert.Equal(VerdictKind.Invalid, world.Finish(lookup).Kind));
        Assert.Equal(5, world[0].Asked);
        Assert.Equal(TimeSpan.FromMilliseconds(300), world.Time.Elapsed);
        Assert.Equal(0, world.Resolver.Current[0].Servers[0].Outstanding);
    }

    [Fact]
    public void What_neither_fits_nor_may_wait_is_turned_away_at_once_and_says_nothing_of_the_server()
    {
        using var world = Narrow();
        world[0].Delay = TimeSpan.FromMilliseconds(100);
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 50).Select(i => world.Start($"a{i}@corp.example"))];
        var shed = lookups.Where(static lookup => lookup.IsCompleted).Select(world.Finish).ToArray();
        Assert.Equal(45, shed.Length);
        Assert.All(shed, static verdict => Assert.Equal(UnknownReason.Overloaded, verdict.Reason));
        world.Advance(1);
        Assert.Equal(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
    }

    [Fact]
    public void Nobody_waits_in_the_queue_longer_than_a_question_may_take()
    {
        using var world = Narrow();
        world[0].ProbeScript = static _ => default;
        world[0].Delay = TimeSpan.FromSeconds(1.9);
        for (var i = 0; i < 2; i++)
            _ = world.Start($"a{i}@corp.example");
        Task<Verdict>[] waiting = [.. Enumerable.Range(0, 3).Select(i => world.Start($"b{i}@corp.example"))];
        world.Advance(2.1);

        // Two got the places at 1.9 s; the third gave up at 2 s.
        var verdict = world.Finish(Assert.Single(waiting, static lookup => lookup.IsCompleted));
        Assert.Equal(UnknownReason.Overloaded, verdict.Reason);
    }

    [Fact]
    public void A_place_given_up_is_there_for_the_next()
    {
        using var world = Narrow();
        world[0].ProbeScript = static _ => default;
        world[0].Delay = TimeSpan.FromSeconds(1.9);
        for (var i = 0; i < 10; i++)
            _ = world.Start($"a{i}@corp.example");
        world.Advance(10);
        world[0].Delay = TimeSpan.FromMilliseconds(1);
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 5).Select(i => world.Start($"b{i}@corp.example"))];
        Assert.All(lookups, lookup => Assert.Equal(VerdictKind.Invalid, world.Finish(lookup).Kind));
    }

    private static World Narrow() => World.Of(1, change: static model => model with
    {
        Resilience = model.Resilience.SetItem("d0", new ResilienceSettings { MaxOutstanding = 2, QueueLimit = 3, ProbeIdleAfter = Timeout.InfiniteTimeSpan }),
    });
}
