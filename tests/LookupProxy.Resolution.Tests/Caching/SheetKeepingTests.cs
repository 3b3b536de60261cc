using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Caching;

public sealed class SheetKeepingTests
{
    [Fact]
    public void An_address_that_comes_to_exist_moves_to_those_that_exist_and_back()
    {
        using var world = World.Of(1);
        world.Ask("anna@corp.example");
        Assert.Equal((0, 1), (world.Resolver.Cache.Exists.Count, world.Resolver.Cache.Absent.Count));
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(61);
        world.Ask("anna@corp.example");
        Assert.Equal((1, 0), (world.Resolver.Cache.Exists.Count, world.Resolver.Cache.Absent.Count));
        Behaviours.Set(world[0], Behaviour.Absent);
        world.Advance(TimeSpan.FromHours(2));
        world.Ask("anna@corp.example");
        Assert.Equal((0, 1), (world.Resolver.Cache.Exists.Count, world.Resolver.Cache.Absent.Count));
    }

    [Fact]
    public void An_unknown_is_never_kept()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.Refuses);
        Behaviours.Set(world[1], Behaviour.Refers);
        world.Ask("anna@corp.example");
        Assert.Null(world.Resolver.Cache.Find("shared\nanna@corp.example"));
    }

    [Fact]
    public void An_exists_is_kept_for_the_stale_time_and_no_longer()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        Behaviours.Set(world[0], Behaviour.Refers);
        world.Advance(TimeSpan.FromDays(7));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(TimeSpan.FromHours(1));
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void A_new_mailbox_is_let_in_when_the_absent_is_old()
    {
        using var world = World.Of(1);
        world.Ask("new@corp.example");
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(59);
        Assert.Equal(VerdictKind.Invalid, world.Ask("new@corp.example").Kind);
        world.Advance(2);
        Assert.Equal(VerdictKind.Valid, world.Ask("new@corp.example").Kind);
    }
}
