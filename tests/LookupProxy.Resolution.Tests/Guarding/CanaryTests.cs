using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Guarding;

public sealed class CanaryTests
{
    private const string Bird = "canary@corp.example";
    private const string Nobody = "nobody@corp.example";

    private static readonly CanarySettings Settings = new() { Exists = [Mail.Of(Bird)], Absent = Mail.Of(Nobody) };

    [Fact]
    public void While_the_canary_is_found_absences_count()
    {
        using var world = WithCanary(2, out _);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void The_first_absence_after_the_loss_counts_for_nothing_though_nobody_was_known()
    {
        using var world = WithCanary(2, out var people);
        world.Advance(1);
        people.LoseAll();
        var verdict = world.Ask("p7@corp.example");
        Assert.Equal((VerdictKind.Unknown, UnknownReason.Distrusted), (verdict.Kind, verdict.Reason));
        var alarm = Assert.Single(world.Resolver.Alarms.Current);
        Assert.Equal((AlarmNames.CanaryMissing, "d0"), (alarm.Name, alarm.Subject));
        Assert.Contains(Bird, alarm.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Absences_in_memory_count_no_more_once_the_canary_is_missing()
    {
        using var world = WithCanary(1, out var people);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        people.LoseAll();
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        world.Advance(31);
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        people.Add(Bird);
        world.Advance(1.1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void Those_seen_before_are_accepted_and_those_it_finds_too()
    {
        using var world = WithCanary(1, out var people);
        world.Ask("p1@corp.example");
        world.Advance(TimeSpan.FromHours(2));
        people.Lose(static address => address != "p3@corp.example");
        Assert.Equal(VerdictKind.Valid, world.Ask("p1@corp.example").Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask("p3@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("p2@corp.example").Kind);
    }

    [Fact]
    public void It_ends_by_itself_within_a_second_of_the_canarys_return()
    {
        using var world = WithCanary(1, out var people);
        people.LoseAll();
        world.Advance(31);
        Assert.Single(world.Resolver.Alarms.Current);
        people.Restore(10);
        people.Add(Bird);
        world.Advance(1);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Valid, world.Ask("p1@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void A_canary_that_cannot_be_asked_for_changes_nothing_and_no_absence_counts_without_it()
    {
        using var world = WithCanary(1, out var people);
        var well = world[0].Says;
        world[0].Says = address => address.Text == Bird ? new Answer.Unknown(UnknownReason.Busy, "busy") : well(address);
        world[0].ProbeScript = static _ => default;
        var verdict = world.Ask("x@corp.example");
        Assert.Equal((VerdictKind.Unknown, UnknownReason.Busy), (verdict.Kind, verdict.Reason));
        Assert.Empty(world.Resolver.Alarms.Current);

        // About the canary's question only: the absence is as good as without one.
        world[0].Says = address => address.Text == Bird ? new Answer.Unknown(UnknownReason.SizeLimit, "") : well(address);
        Assert.Equal(VerdictKind.Invalid, world.Ask("y@corp.example").Kind);
        people.LoseAll();
        world[0].Says = well;
        Assert.Equal(VerdictKind.Unknown, world.Ask("z@corp.example").Kind);
    }

    [Fact]
    public void A_canary_that_is_turned_away_because_too_much_is_asked_has_not_been_found()
    {
        using var world = WithCanary(1, out _);
        var well = world[0].Says;
        world[0].Says = address => address.Text == Bird ? new Answer.Unknown(UnknownReason.Overloaded, "512 questions outstanding") : well(address);
        var verdict = world.Ask("x@corp.example");
        Assert.Equal((VerdictKind.Unknown, UnknownReason.Overloaded), (verdict.Kind, verdict.Reason));
        Assert.Equal(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
        world[0].Says = well;
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void The_replica_that_has_lost_its_people_is_doubted_and_the_other_is_asked()
    {
        using var world = WithCanary(1, out var people, servers: 2);
        var second = new People(world.Directories[0].All[1], 20);
        second.Add(Bird);
        world.Advance(2);
        people.LoseAll();
        for (var i = 0; i < 10; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        Assert.Contains("d0s0", Assert.Single(world.Resolver.Alarms.Current).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_that_has_whom_nobody_has_is_told_and_its_word_counts()
    {
        using var world = WithCanary(1, out _);
        var well = world[0].Says;
        world[0].Says = static _ => ScriptedServer.Exists("d0s0");
        world.Advance(31);
        Assert.Equal((AlarmNames.CanaryFound, "d0"), Assert.Single(world.Resolver.Alarms.Current) is var alarm ? (alarm.Name, alarm.Subject) : default);
        Assert.Equal(VerdictKind.Valid, world.Ask("x@corp.example").Kind);
        world[0].Says = well;
        world.Advance(31);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Many_absences_at_once_share_the_question_for_the_canary()
    {
        using var world = WithCanary(1, out _);
        world.Advance(1);
        world[0].Delay = TimeSpan.FromMilliseconds(10);
        var before = world[0].Asked;
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 100).Select(i => world.Start($"x{i}@corp.example"))];
        Assert.All(lookups, lookup => Assert.Equal(VerdictKind.Invalid, world.Finish(lookup).Kind));
        Assert.InRange(world[0].Asked - before, 101, 102);
    }

    [Fact]
    public void Every_one_of_several_has_to_be_found()
    {
        using var world = World.Of(1, change: static model => With(model, new CanarySettings { Exists = [Mail.Of("p1@corp.example"), Mail.Of("p2@corp.example")] }));
        var people = new People(world[0], 10);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        people.Lose(static address => address == "p2@corp.example");
        Assert.Equal(VerdictKind.Unknown, world.Ask("y@corp.example").Kind);
    }

    [Fact]
    public void One_of_several_that_is_found_ends_nothing_while_another_can_not_be_asked_for()
    {
        using var world = World.Of(1, change: static model => With(model, new CanarySettings { Exists = [Mail.Of("p1@corp.example"), Mail.Of("p2@corp.example")] }));
        var people = new People(world[0], 10);
        people.Lose(static address => address == "p1@corp.example");
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        var well = world[0].Says;
        world[0].Says = address => address.Text == "p1@corp.example" ? new Answer.Unknown(UnknownReason.Busy, "busy") : well(address);
        world[0].ProbeScript = static _ => default;
        world.Advance(3);
        Assert.Equal(AlarmNames.CanaryMissing, Assert.Single(world.Resolver.Alarms.Current).Name);
    }

    [Fact]
    public void The_alarm_stays_open_for_the_replica_that_does_not_find_it_yet()
    {
        using var world = WithCanary(1, out var people, servers: 2);
        people.LoseAll();
        world.Advance(31);
        people.Add(Bird);
        world.Advance(2);
        var alarm = Assert.Single(world.Resolver.Alarms.Current);
        Assert.Contains("d0s1", alarm.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("d0s0", alarm.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_absence_asked_for_before_the_repair_and_heard_after_it_counts_for_nothing(bool stored)
    {
        using var world = WithCanary(1, out var people, second: stored ? static time => new SecondLevel(new ScriptedStore(time)) : null);
        people.LoseAll();
        world.Advance(31);
        var says = world[0].Says;
        var delay = TimeSpan.FromSeconds(1.5);
        world[0].Script = async (address, cancellationToken) =>
        {
            var answer = says(address);
            if (address.Text == People.Name(1))
                await Task.Delay(delay, world.Time, cancellationToken);
            return answer;
        };
        var lookup = world.Start(People.Name(1));

        people.Restore(10);
        people.Add(Bird);
        delay = TimeSpan.FromMilliseconds(1);
        world.Advance(1.2);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
    }

    private static World WithCanary(int directories, out People people, int servers = 1, Func<TimeProvider, SecondLevel>? second = null)
    {
        var world = World.Of(directories, servers, static model => With(model, Settings), second: second);
        people = new People(world[0], 10);
        people.Add(Bird);
        world.Advance(0.1);
        return world;
    }

    private static ResolverModel With(ResolverModel model, CanarySettings canary) =>
        model with { Resilience = model.Resilience.SetItem("d0", World.Alone with { Canary = canary }) };
}
