using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A directory of whose people so few are known that their absence proves nothing.</summary>
public sealed class DoubtTests
{
    private const string NeverSeen = "never.seen@corp.example";

    [Fact]
    public void It_ends_when_those_who_were_missing_are_back()
    {
        using var world = SeenWorld.Of(1, out var people);
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(0)).Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        people.Restore(1);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(0)).Kind);
        world.Advance(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void It_ends_also_of_a_server_that_nobody_asks_since()
    {
        using var world = SeenWorld.Of(1, out var people, servers: 2);
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(0)).Kind);
        Assert.Equal(2, world.Directories[0].All.Count(server => server.Questions[^1].Text == People.Name(0)));
        people.Restore(1);
        world.Advance(2);
        Assert.Null(world.Finish(world.Resolver.AcceptAsync("d0", default).AsTask()));
    }

    [Fact]
    public void One_that_is_over_by_time_does_not_make_the_next_shorter()
    {
        using var world = SeenWorld.Of(1, out var people);
        people.LoseAll();
        world.Ask(People.Name(0));
        world.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(0)).Kind);

        people.Add(People.Name(1));
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(1)).Kind);
        world.Advance(TimeSpan.FromHours(2));
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(1)).Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        world.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(1)).Kind);
    }

    [Fact]
    public void One_that_is_over_by_time_does_not_begin_again_for_the_next_who_is_gone()
    {
        using var world = SeenWorld.Of(2, out var people);
        people.LoseAll();
        world.Ask(People.Name(0));
        world.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(0)).Kind);
        world.Advance(TimeSpan.FromHours(2));
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(1)).Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void It_is_over_by_time_also_while_one_of_three_is_found_all_the_while()
    {
        using var world = SeenWorld.Of(3, out var people);
        people.Lose(static address => address != People.Name(2));
        world.Ask(People.Name(0));
        for (var i = 0; i < 16 * 60; i++)
        {
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(2)).Kind);
            world.Advance(1);
        }

        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(0)).Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }
}
