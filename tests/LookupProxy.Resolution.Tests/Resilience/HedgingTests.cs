using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class HedgingTests
{
    [Fact]
    public void A_slow_replica_is_overtaken_by_the_next()
    {
        using var world = World.Of(1, servers: 2);
        var (slow, quick) = (world.Directories[0].All[0], world.Directories[0].All[1]);
        Behaviours.Set(slow, Behaviour.Hangs);
        Behaviours.Set(quick, Behaviour.Exists);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(300), world.Time.Elapsed);
    }

    [Fact]
    public void A_replica_that_cannot_say_is_followed_by_the_next_at_once()
    {
        using var world = World.Of(1, servers: 3);
        Behaviours.Set(world.Directories[0].All[0], Behaviour.Refuses);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Throws);
        Behaviours.Set(world.Directories[0].All[2], Behaviour.Exists);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.Zero, world.Time.Elapsed);
    }

    [Fact]
    public void A_replica_that_answers_in_time_is_the_only_one_asked()
    {
        using var world = World.Of(1, servers: 2);
        world.Directories[0].All[0].Delay = TimeSpan.FromMilliseconds(200);
        world.Ask("anna@corp.example");
        world.Advance(1);
        Assert.Equal(0, world.Directories[0].All[1].Asked);
    }

    [Fact]
    public void When_no_replica_can_say_the_directory_cannot()
    {
        using var world = World.Of(1, servers: 2);
        Behaviours.Set(world.Directories[0].All[0], Behaviour.Refuses);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Hangs);
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.Busy, verdict.Reason);
        Assert.Equal(TimeSpan.FromSeconds(2), world.Time.Elapsed);
    }

    [Fact]
    public void A_replica_that_hangs_is_noticed_although_another_always_wins()
    {
        using var world = World.Of(1, servers: 2);
        Behaviours.Set(world.Directories[0].All[0], Behaviour.Hangs);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(3);
        Assert.Equal(BreakerState.Open, world.Resolver.Current[0].Servers[0].Breaker);
        Assert.True(world.Resolver.Current[0].CanAnswer);
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("bert@corp.example").Kind);
        Assert.Equal(began, world.Time.Elapsed);
    }

    [Fact]
    public void While_a_replica_is_in_doubt_the_other_is_asked_first()
    {
        using var world = World.Of(1, servers: 2);
        Behaviours.Set(world.Directories[0].All[0], Behaviour.Hangs);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Exists);
        world.Ask("anna@corp.example");

        // Its question has timed out and its probe is under way.
        world.Advance(2);
        Assert.Equal(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
        var began = world.Time.Elapsed;
        world.Ask("bert@corp.example");
        Assert.Equal(began, world.Time.Elapsed);
    }

    [Fact]
    public void The_slower_replica_is_left_for_the_quicker_and_the_quicker_kept()
    {
        using var world = World.Of(1, servers: 2);
        var (slow, quick) = (world.Directories[0].All[0], world.Directories[0].All[1]);
        slow.Delay = TimeSpan.FromMilliseconds(200);
        quick.Delay = TimeSpan.FromMilliseconds(2);
        for (var i = 0; i < 20; i++)
            world.Ask($"p{i}@corp.example");
        Assert.Equal(1, slow.Asked);
        Assert.Equal(19, quick.Asked);
    }

    [Fact]
    public void Equal_replicas_share_what_comes_at_once_and_one_is_kept_for_what_comes_singly()
    {
        using var world = World.Of(1, servers: 2);
        foreach (var server in world.Directories[0].All)
            server.Delay = TimeSpan.FromMilliseconds(10);
        for (var i = 0; i < 20; i++)
            world.Ask($"single{i}@corp.example");
        Assert.Equal(19, world.Directories[0].All.Max(static s => s.Asked));
        for (var i = 0; i < 40; i++)
            _ = world.Start($"together{i}@corp.example");
        Assert.All(world.Directories[0].All, static s => Assert.True(s.Asked > 10, $"{s.Name}: {s.Asked}"));
    }

    [Fact]
    public void A_server_taken_out_leaves_the_work_to_its_replica()
    {
        using var world = World.Of(1, servers: 2);
        world.Finish(world.Resolver.IsolateAsync("d0", "d0s0", default).AsTask());
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal([0, 1], world.Directories[0].All.Select(static s => s.Asked));
    }

    [Fact]
    public void Nothing_is_hedged_when_the_setting_is_longer_than_the_timeout()
    {
        using var world = World.Of(1, servers: 2, change: static model => model with
        {
            Resilience = model.Resilience.SetItem("d0", new ResilienceSettings { HedgeAfter = TimeSpan.FromSeconds(30), ProbeIdleAfter = Timeout.InfiniteTimeSpan }),
        });
        Behaviours.Set(world.Directories[0].All[0], Behaviour.Hangs);
        Behaviours.Set(world.Directories[0].All[1], Behaviour.Exists);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromSeconds(2), world.Time.Elapsed);
    }
}
