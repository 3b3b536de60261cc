using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Federation;

public sealed class RefreshAheadTests
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(50);

    [Fact]
    public void An_address_in_use_is_asked_for_again_before_its_answer_is_old()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(TimeSpan.FromMinutes(47));
        world.Ask("anna@corp.example");
        world.Advance(1);
        Assert.Equal(1, world[0].Asked);
        world.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(1);
        Assert.Equal(2, world[0].Asked);
        Assert.Equal(1, world[1].Asked);

        // An hour after the first answer the second is fresh.
        world.Advance(TimeSpan.FromMinutes(30));
        world.Ask("anna@corp.example");
        Assert.Equal(2, world[0].Asked);
    }

    [Fact]
    public void Nobody_waits_for_a_refresh()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(Late);
        Behaviours.Set(world[0], Behaviour.Hangs);
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(began, world.Time.Elapsed);
    }

    [Fact]
    public void A_refresh_that_fails_takes_nothing_away_and_is_not_tried_at_every_use()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(Late);
        Behaviours.Set(world[0], Behaviour.Refers);
        for (var i = 0; i < 50; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(1);
        Assert.Equal(2, world[0].Asked);
        world.Advance(10);
        world.Ask("anna@corp.example");
        world.Advance(1);
        Assert.Equal(3, world[0].Asked);
    }

    [Fact]
    public void A_refresh_that_finds_nobody_makes_the_next_lookup_ask_all()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(Late);
        Behaviours.Set(world[0], Behaviour.Absent);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(2, world[1].Asked);
    }

    [Fact]
    public void Refreshes_under_way_are_bounded()
    {
        using var world = World.Of(1, change: static model => model with { Cache = model.Cache with { MaxRefreshing = 3 } });
        Behaviours.Set(world[0], Behaviour.Exists);
        string[] people = [.. Enumerable.Range(0, 10).Select(static i => $"p{i}@corp.example")];
        foreach (var person in people)
            world.Ask(person);
        world.Advance(Late);
        Behaviours.Set(world[0], Behaviour.ExistsSlowly);
        foreach (var person in people)
            world.Ask(person);
        world.Advance(0.5);
        Assert.Equal(13, world[0].Asked);

        // Those left out have their turn at their next use.
        world.Advance(1);
        foreach (var person in people)
            world.Ask(person);
        world.Advance(0.5);
        Assert.Equal(16, world[0].Asked);
    }

    [Fact]
    public void One_whose_answer_ages_out_during_a_refresh_shares_its_question()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(500));
        Behaviours.Set(world[0], Behaviour.ExistsSlowly);
        world.Ask("anna@corp.example");
        world.Advance(0.6);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(2, world[0].Asked);
    }
}
