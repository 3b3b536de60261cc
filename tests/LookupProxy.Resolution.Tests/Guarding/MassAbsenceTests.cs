using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Guarding;

public sealed class MassAbsenceTests
{
    [Fact]
    public void The_first_who_is_gone_tells_of_the_loss_and_is_not_rejected()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        Assert.Equal((VerdictKind.Valid, EvidenceSource.Stale), world.Ask("p0@corp.example") is var first ? (first.Kind, first.Evidence[0].Source) : default);
        Assert.Equal(AlarmNames.MassAbsence, Assert.Single(world.Resolver.Alarms.Current).Name);
        Assert.Equal(VerdictKind.Unknown, world.Ask("new@corp.example").Kind);
        for (var i = 0; i < 40; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_part_that_is_gone_is_noticed_too(int oneOf)
    {
        using var world = SeenWorld.Of(120, out var people);
        people.Lose(address => People.Number(address) % oneOf == 0);
        for (var i = 0; i < 120; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
        Assert.Single(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void One_who_left_is_rejected_and_costs_few_questions()
    {
        using var world = SeenWorld.Of(120, out var people);
        people.Lose(static address => address == "p5@corp.example");
        var before = world[0].Asked;
        Assert.Equal(VerdictKind.Invalid, world.Ask("p5@corp.example").Kind);
        Assert.Equal(16, world[0].Asked - before);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Now_and_then_one_leaves_and_it_is_never_an_alarm()
    {
        using var world = SeenWorld.Of(120, out var people);
        for (var i = 0; i < 60; i++)
        {
            people.Lose(address => address == People.Name(i));
            Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(i)).Kind);
            world.Advance(TimeSpan.FromMinutes(7));
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(119 - (i % 50))).Kind);
        }

        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Fewer_than_the_share_are_believed_to_be_gone()
    {
        using var world = SeenWorld.Of(200, out var people);
        people.Lose(static address => People.Number(address) % 12 == 0);
        for (var i = 0; i < 200; i += 12)
            Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(i)).Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void It_ends_by_evidence_within_two_seconds()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        world.Ask("p0@corp.example");
        world.Advance(TimeSpan.FromHours(5));
        Assert.Single(world.Resolver.Alarms.Current);
        people.Restore(40);
        world.Advance(2);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void It_lasts_while_only_some_are_back()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        world.Ask("p0@corp.example");
        people.Restore(10);
        world.Advance(60);
        Assert.Single(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void The_administrator_accepts_it_and_their_absences_count()
    {
        using var world = SeenWorld.Of(120, out var people);
        people.Lose(static address => People.Number(address) % 2 == 0);
        Assert.Null(Accept(world, "d0"));
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        Assert.Contains("d0", Accept(world, "d0"), StringComparison.Ordinal);
        Assert.Null(Accept(world, "d0"));
        Assert.Empty(world.Resolver.Alarms.Current);
        for (var i = 0; i < 120; i++)
            Assert.Equal(i % 2 == 0 ? VerdictKind.Invalid : VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
        Assert.Empty(world.Resolver.Alarms.Current);

        // And the guard is on its post again.
        world.Advance(SeenWorld.Aged);
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask("p1@corp.example").Kind);
        Assert.Single(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void What_is_heard_while_the_administrator_accepts_a_loss_is_part_of_it()
    {
        using var world = SeenWorld.Of(2, out var people, exists: TimeSpan.FromMinutes(1));
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        for (var i = 2; i < 6; i++)
        {
            people.Add(People.Name(i));
            world.Ask(People.Name(i));
        }

        people.LoseAll();
        world.Advance(2);
        world[0].Delay = TimeSpan.FromSeconds(0.5);
        var judged = world.Start("x@corp.example");
        world.Advance(0.7);
        Assert.NotNull(Accept(world, "d0"));
        world.Finish(judged);
        world[0].Delay = TimeSpan.Zero;

        // One of ten others leaves.
        for (var i = 10; i < 20; i++)
        {
            people.Add(People.Name(i));
            world.Ask(People.Name(i));
        }

        world.Advance(120);
        people.Lose(static address => address == People.Name(10));
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(10)).Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void With_nobody_to_compare_with_an_absence_is_held_back_and_not_for_ever()
    {
        using var world = SeenWorld.Of(1, out var people);
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        world.Advance(TimeSpan.FromMinutes(16));
        Assert.Equal(VerdictKind.Invalid, world.Ask("p0@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Doubt_ends_when_others_are_found()
    {
        using var world = SeenWorld.Of(1, out var people);
        people.LoseAll();
        world.Ask("p0@corp.example");
        people.Add("p1@corp.example");
        people.Add("p2@corp.example");
        world.Ask("p1@corp.example");
        world.Ask("p2@corp.example");
        world.Advance(1.1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void One_never_seen_is_not_rejected_by_a_directory_that_finds_nobody_any_more()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        Assert.Equal(VerdictKind.Unknown, world.Ask("never.seen@corp.example").Kind);
        Assert.Single(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void A_directory_that_finds_people_is_asked_for_nobody_else()
    {
        using var world = SeenWorld.Of(40, out _);
        world.Ask("p1@corp.example");
        var before = world[0].Asked;
        for (var i = 0; i < 50; i++)
            Assert.Equal(VerdictKind.Invalid, world.Ask($"x{i}@corp.example").Kind);
        Assert.Equal(50, world[0].Asked - before);

        // And one that has found nobody for a while is asked for one, once.
        world.Advance(5);
        for (var i = 0; i < 50; i++)
            Assert.Equal(VerdictKind.Invalid, world.Ask($"y{i}@corp.example").Kind);
        Assert.Equal(101, world[0].Asked - before);
    }

    [Fact]
    public void Absences_heard_before_the_loss_was_noticed_count_no_more()
    {
        using var world = SeenWorld.Of(40, out var people);
        world.Ask("p1@corp.example");
        people.LoseAll();
        Assert.Equal(VerdictKind.Invalid, world.Ask("never.seen@corp.example").Kind);
        world.Advance(0.001);
        world.Ask("p2@corp.example");
        Assert.Single(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Unknown, world.Ask("never.seen@corp.example").Kind);
    }

    [Fact]
    public void A_directory_that_goes_silent_while_it_is_judged_rejects_nobody()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        var said = world[0].Says;
        var first = true;
        world[0].Script = async (address, cancellationToken) =>
        {
            if (!first)
                await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancellationToken);
            first = false;
            return said(address);
        };
        Assert.NotEqual(VerdictKind.Invalid, world.Ask("new@corp.example").Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void A_directory_that_is_asked_too_much_to_tell_of_others_rejects_nobody()
    {
        const string Nobody = "new@corp.example";
        using var world = SeenWorld.Of(40, out _);
        var well = world[0].Says;
        world[0].Says = static address => address.Text == Nobody ? Answer.No : new Answer.Unknown(UnknownReason.Overloaded, "512 questions outstanding");
        Assert.Equal(VerdictKind.Unknown, world.Ask(Nobody).Kind);
        world[0].Says = well;
        Assert.Equal(VerdictKind.Invalid, world.Ask(Nobody).Kind);
    }

    [Fact]
    public void A_refresh_in_the_background_notices_it_too()
    {
        using var world = SeenWorld.Of(40, out var people);
        for (var i = 0; i < 40; i++)
            world.Ask(People.Name(i));
        world.Advance(TimeSpan.FromMinutes(50));
        people.LoseAll();
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        world.Advance(0.1);
        Assert.Single(world.Resolver.Alarms.Current);
        world.Advance(SeenWorld.Aged);
        Assert.Equal(VerdictKind.Valid, world.Ask("p0@corp.example").Kind);
        Assert.Equal(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
    }

    [Fact]
    public void While_it_lasts_absences_that_another_node_believes_count_for_nothing()
    {
        using var world = SeenAndStored(40, SeenWorld.Aged, out var people, out var store);
        people.LoseAll();
        world.Ask("p0@corp.example");
        world.Advance(5);
        // Another node, which has just started, has nobody to compare with.
        const string Stranger = "never.seen@corp.example";
        store.Keep(new StoredSheet($"shared\n{Stranger}", [Stored("d0", Answer.No, world)]));
        world.Advance(1);

        Assert.Equal(VerdictKind.Unknown, world.Ask(Stranger).Kind);
    }

    [Fact]
    public void An_absence_asked_for_before_the_repair_and_heard_after_it_does_not_come_back_out_of_the_store()
    {
        const string Late = "late@corp.example";
        using var world = SeenAndStored(40, SeenWorld.Aged, out var people, out _);
        people.LoseAll();
        var says = world[0].Says;
        world[0].Script = async (address, cancellationToken) =>
        {
            var answer = says(address);
            if (address.Text == Late && answer is Answer.Absent)
                await Task.Delay(TimeSpan.FromSeconds(1.5), world.Time, cancellationToken);
            return answer;
        };
        world.Ask("p0@corp.example");
        var lookup = world.Start(Late);
        world.Advance(0.1);
        people.Restore(40);
        people.Add(Late);
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Who_was_seen_is_not_forgotten_for_an_absence_asked_for_before_the_repair()
    {
        using var world = SeenWorld.Of(40, out var people);
        people.LoseAll();
        var says = world[0].Says;
        world[0].Script = async (address, cancellationToken) =>
        {
            var answer = says(address);
            if (address.Text != "p1@corp.example")
                return answer;
            if (answer is not Answer.Absent)
                return new Answer.Unknown(UnknownReason.Busy, "busy");
            await Task.Delay(TimeSpan.FromSeconds(1.5), world.Time, cancellationToken);
            return answer;
        };
        var lookup = world.Start("p1@corp.example");
        world[0].ProbeScript = static _ => default;
        world.Ask("p0@corp.example");
        world.Advance(0.1);
        people.Restore(40);
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
    }

    [Fact]
    public void After_a_restart_those_whom_the_store_knows_are_witnesses()
    {
        using var world = SeenAndStored(40, TimeSpan.FromMinutes(30), out var people, out _);
        people.LoseAll();
        world.Restart();
        for (var i = 0; i < 40; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);

        Assert.Equal(VerdictKind.Unknown, world.Ask("never.seen@corp.example").Kind);
        Assert.Equal(AlarmNames.MassAbsence, Assert.Single(world.Resolver.Alarms.Current).Name);
    }

    private static StoredAnswer Stored(string directory, Answer answer, World world) =>
        new(directory, answer, world.Time.GetUtcNow(), TimeSpan.FromMinutes(1)) { Origin = Origins.NumberOf(world.Directories[0].Origin) };

    /// <param name="ago">When they were seen.</param>
    private static World SeenAndStored(int count, TimeSpan ago, out People people, out ScriptedStore store)
    {
        ScriptedStore? made = null;
        var world = SeenWorld.Of(count, out people, ago: ago, second: time => new SecondLevel(made = new ScriptedStore(time)));
        store = made!;
        return world;
    }

    private static string? Accept(World world, string directory) => world.Finish(world.Resolver.AcceptAsync(directory, default).AsTask());
}
