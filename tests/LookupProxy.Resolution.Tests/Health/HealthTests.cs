using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Health;

public sealed class HealthTests
{
    [Fact]
    public void It_tells_when_a_server_last_answered_how_quickly_and_what_last_failed()
    {
        using var world = World.Of(1);
        var before = Server(world);
        Assert.Equal((BreakerState.Closed, null, null, null, null, 0), (before.Breaker, before.LastSuccess, before.LastErrorAt, before.LastError, before.Latency, before.Outstanding));

        world[0].Delay = TimeSpan.FromMilliseconds(20);
        world.Ask("anna@corp.example");
        var success = world.Time.GetUtcNow();
        Assert.Equal(success, Server(world).LastSuccess);
        Assert.Equal(TimeSpan.FromMilliseconds(20), Server(world).Latency);

        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Advance(10);
        world.Ask("bert@corp.example");
        var after = Server(world);
        Assert.Equal(success, after.LastSuccess);
        Assert.Equal(success.AddSeconds(10), after.LastErrorAt);
        Assert.Equal("busy: busy", after.LastError);
        Assert.False(world.Resolver.Current[0].CanAnswer);
        Assert.Equal(("d0", "scripted"), (world.Resolver.Current[0].Name, world.Resolver.Current[0].Type));
    }

    [Fact]
    public void Latency_is_an_average_that_follows()
    {
        using var world = World.Of(1);
        world[0].Delay = TimeSpan.FromMilliseconds(10);
        world.Ask("a@corp.example");
        world[0].Delay = TimeSpan.FromMilliseconds(110);
        world.Ask("b@corp.example");
        Assert.Equal(30, Server(world).Latency!.Value.TotalMilliseconds, 3);
        for (var i = 0; i < 30; i++)
            world.Ask($"c{i}@corp.example");
        Assert.InRange(Server(world).Latency!.Value.TotalMilliseconds, 105, 110);
    }

    [Fact]
    public void What_is_outstanding_is_counted()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        for (var i = 0; i < 7; i++)
            _ = world.Start($"a{i}@corp.example");
        Assert.Equal(7, Server(world).Outstanding);
        world.Advance(2);
        Assert.Equal(0, Server(world).Outstanding);
    }

    private static ServerHealth Server(World world) => Assert.Single(world.Resolver.Current[0].Servers);
}
