using LookupProxy.Core.Health;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class ClosingTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_the_administrator_says_is_mended_is_tried_at_once_and_the_answer_shown(bool isMended)
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Ask("a@corp.example");
        if (isMended)
            Behaviours.Set(world[0], Behaviour.Exists);
        var (before, anew) = (world[0].Probed, world[0].TriedAnew);
        world.Advance(0.1);
        var now = world.Time.GetUtcNow();

        Assert.True(world.Finish(world.Resolver.CloseAsync("d0", "d0s0", default).AsTask()));

        Assert.Equal((before + 1, anew + 1), (world[0].Probed, world[0].TriedAnew));
        var health = world.Resolver.Current[0].Servers[0];
        Assert.Equal(now, isMended ? health.LastSuccess : health.LastErrorAt);
        Assert.Equal(BreakerState.Closed, health.Breaker);
    }
}
