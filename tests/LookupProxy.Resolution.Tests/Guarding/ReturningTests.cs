using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A directory that was emptied is filled again while it is asked: whom it does not have yet it has not lost.</summary>
public sealed class ReturningTests
{
    private const string Bird = "canary@corp.example";
    private const string NeverSeen = "never.seen@corp.example";

    [Fact]
    public void A_canary_that_is_back_before_the_others_ends_nothing()
    {
        using var world = Seen(40, out var people, canary: true);
        people.LoseAll();
        world.Advance(31);
        people.Restore(39);
        people.Add(Bird);
        world.Advance(5);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);

        people.Restore(40);
        people.Add(NeverSeen);
        world.Advance(2);
        Assert.Equal(VerdictKind.Valid, world.Ask(NeverSeen).Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
    }

    [Fact]
    public void One_who_has_left_meanwhile_holds_it_up_for_ten_seconds_and_is_no_alarm()
    {
        using var world = Seen(40, out var people, canary: true);
        people.LoseAll();
        world.Advance(31);
        people.Restore(39);
        people.Add(Bird);
        world.Advance(2);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        world.Advance(10);
        Assert.Equal(VerdictKind.Invalid, world.Ask("x@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(39)).Kind);
    }

    [Fact]
    public void The_last_of_a_large_directory_are_not_gone_when_all_are_back_who_were_asked_for()
    {
        const int count = 1500;
        using var world = Seen(count, out var people, canary: true);
        people.LoseAll();
        world.Advance(31);
        people.Add(Bird);
        // Those seen last, whom it is asked for, come first.
        for (var left = count - 1; left > 0; left--)
        {
            people.Add(People.Name(left));
            world.Advance(TimeSpan.FromMilliseconds(5));
            Assert.NotEqual(VerdictKind.Invalid, world.Ask(People.Name(left * 7 / 11)).Kind);
        }

        people.Restore(count);
        world.Advance(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Who_is_gone_when_a_directory_has_got_its_people_back_is_gone_a_while_later()
    {
        using var world = Seen(400, out var people);
        people.LoseAll();
        world.Ask(People.Name(0));
        people.Restore(399);
        world.Advance(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(399)).Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        world.Advance(12);
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(399)).Kind);
    }

    [Fact]
    public void A_canary_that_is_back_without_most_of_the_others_is_an_alarm_of_their_absence()
    {
        using var world = Seen(40, out var people, canary: true);
        people.LoseAll();
        world.Advance(31);
        Assert.Equal(AlarmNames.CanaryMissing, Assert.Single(world.Resolver.Alarms.Current).Name);
        people.Add(Bird);
        world.Advance(2);
        Assert.Equal(AlarmNames.MassAbsence, Assert.Single(world.Resolver.Alarms.Current).Name);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void A_loss_is_not_over_while_more_come_back()
    {
        using var world = Seen(40, out var people);
        people.LoseAll();
        world.Ask(People.Name(0));
        for (var back = 30; back < 40; back++)
        {
            people.Restore(back);
            world.Advance(5);
            Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(39)).Kind);
        }

        world.Advance(12);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void One_that_had_nobody_proves_itself_with_all_who_are_known()
    {
        using var world = Seen(40, out var people);
        var well = Blind(world);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        ProvesItself(world, people, well, after: 1);
    }

    [Fact]
    public void One_that_was_away_proves_itself_with_all_who_are_known()
    {
        using var world = Seen(40, out var people);
        var well = world[0].Says;
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.Unreachable, "refused");
        for (var i = 0; i < 30; i++)
            world.Ask($"x{i}@corp.example");
        Assert.NotEqual(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
        ProvesItself(world, people, well, after: 10);
    }

    [Fact]
    public void Who_is_asked_for_while_it_proves_itself_is_asked_for_again()
    {
        using var world = Seen(40, out var people);
        var well = Blind(world);
        world.Ask(NeverSeen);

        // It has nobody when he is asked for, and everybody when the others are.
        people.LoseAll();
        world[0].Script = async (address, cancellationToken) =>
        {
            var answer = well(address);
            await Task.Delay(TimeSpan.FromMilliseconds(100), world.Time, cancellationToken);
            return answer;
        };
        var lookup = world.Start("late@corp.example");
        world.Advance(0.05);
        people.Restore(40);
        people.Add("late@corp.example");
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
    }

    [Fact]
    public void One_who_can_not_be_asked_for_is_not_back()
    {
        using var world = Failed(out var people);
        var well = world[0].Says;
        world[0].Says = address => address.Text == People.Name(1) || address.Text == NeverSeen ? well(address) : new Answer.Unknown(UnknownReason.Busy, "busy");
        people.LoseAll();
        people.Restore(3);
        world.Advance(1);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(1)).Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        world[0].Says = well;
        world.Advance(2);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        people.Restore(40);
        world.Advance(12);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void Those_who_can_never_be_asked_for_hold_it_up_for_ten_seconds_and_a_few_of_them_not_at_all()
    {
        using var world = Failed(out _);
        var well = world[0].Says;
        world[0].Says = address => People.Number(address.Text) < 12 ? new Answer.Unknown(UnknownReason.Timeout, "time limit") : well(address);
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        world.Advance(12);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);

        world[0].Says = static _ => new Answer.Unknown(UnknownReason.NotReady, "nobody below any base");
        world.Ask("x@corp.example");
        world[0].Says = address => People.Number(address.Text) is >= 12 and < 15 ? new Answer.Unknown(UnknownReason.Timeout, "time limit") : well(address);
        Assert.Equal(VerdictKind.Invalid, world.Ask("y@corp.example").Kind);
    }

    [Fact]
    public void While_it_answers_nothing_nobody_leaves()
    {
        using var world = Failed(out var people);
        people.Lose(static address => address == People.Name(7));
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        var well = world[0].Says;
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.Busy, "busy");
        world.Advance(30);
        world[0].Says = well;
        world.Advance(2);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(7)).Kind);
        world.Advance(10);
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(7)).Kind);
    }

    [Fact]
    public void While_it_is_away_nobody_leaves()
    {
        using var world = Failed(out var people);
        people.Lose(static address => address == People.Name(7));
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        world.Finish(world.Resolver.IsolateAsync("d0", "d0s0", default).AsTask());
        world.Advance(30);
        world.Finish(world.Resolver.CloseAsync("d0", "d0s0", default).AsTask());
        world.Advance(2);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(7)).Kind);
        world.Advance(10);

        // When it is back from there it has to prove itself once more.
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(7)).Kind);
        world.Advance(12);
        Assert.Equal(VerdictKind.Invalid, world.Ask(People.Name(7)).Kind);
    }

    [Fact]
    public void Whoever_is_the_last_to_come_back_the_others_are_seen_to_come()
    {
        using var world = Failed(out var people, 60, share: 0.5);
        people.Lose(static address => People.Number(address) < 20);
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        var before = world[0].Questions.Count;
        world.Advance(3);
        // In the order in which they were asked for, the first last.
        string[] missing = [.. world[0].Questions.Skip(before).Select(static address => address.Text).Where(static address => People.Number(address) < 20).Distinct().Reverse()];
        Assert.InRange(missing.Length, 11, 20);
        foreach (var back in missing)
        {
            Assert.Equal(VerdictKind.Valid, world.Ask(missing[^1]).Kind);
            Assert.Equal(VerdictKind.Unknown, world.Ask($"not.{back}").Kind);
            people.Add(back);
            world.Advance(4);
        }
    }

    [Fact]
    public void Of_few_who_are_known_all_must_be_back()
    {
        using var world = Failed(out var people, 5);
        people.LoseAll();
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        people.Restore(3);
        world.Advance(1.5);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(4)).Kind);
        people.Restore(5);
        world.Advance(3);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void One_whose_canary_can_not_be_asked_for_since_it_has_nobody_has_failed_too()
    {
        using var world = Seen(40, out var people, canary: true);
        var well = world[0].Says;
        world[0].Says = address => address.Text == Bird ? new Answer.Unknown(UnknownReason.NotReady, "nobody below any base") : well(address);
        world[0].ProbeScript = static _ => default;
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        people.Lose(static address => address == People.Name(7));
        world[0].Says = well;
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void An_absence_heard_just_before_it_was_seen_to_have_nobody_counts_no_more()
    {
        using var world = Seen(40, out var people);
        world.Ask(People.Name(1));
        people.LoseAll();
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
        world.Advance(0.1);
        var well = Blind(world);
        world.Ask("x@corp.example");
        world[0].Says = well;
        people.Restore(40);
        people.Add(NeverSeen);
        world.Advance(1);
        Assert.Equal(VerdictKind.Valid, world.Ask(NeverSeen).Kind);
    }

    [Fact]
    public void One_that_fails_again_and_again_is_asked_for_all_once_a_second()
    {
        using var world = Failed(out _);
        var well = world[0].Says;
        var turn = 0;
        world[0].Says = address => address.Text[0] == 'x' && turn++ % 2 == 0 ? new Answer.Unknown(UnknownReason.NotReady, "nobody below any base") : well(address);
        var before = world[0].Asked;
        for (var i = 0; i < 100; i++)
        {
            Assert.NotEqual(VerdictKind.Valid, world.Ask($"x{i}@corp.example").Kind);
            world.Advance(0.05);
        }

        Assert.InRange(world[0].Asked - before, 100, 600);
        world[0].Says = well;
        world.Advance(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    /// <summary>A directory that has just said that it has nobody, and has everybody.</summary>
    private static World Failed(out People people, int count = 40, double share = 0.2)
    {
        var world = Seen(count, out people, share: share);
        var well = Blind(world);
        Assert.Equal(VerdictKind.Unknown, world.Ask("x@corp.example").Kind);
        world[0].Says = well;
        world[0].Delay = TimeSpan.FromMilliseconds(1);
        return world;
    }

    /// <summary>It says that it has nobody, and is up.</summary>
    /// <returns>What it said before.</returns>
    private static Func<Address, Answer> Blind(World world)
    {
        var well = world[0].Says;
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.NotReady, "nobody below any base");
        world[0].ProbeScript = static _ => default;
        return well;
    }

    /// <summary>It answers again, without one whom it had, who comes later.</summary>
    private static void ProvesItself(World world, People people, Func<Address, Answer> well, double after)
    {
        people.Lose(static address => address == People.Name(7));
        world[0].Says = well;
        world.Advance(after);
        Assert.Equal(BreakerState.Closed, world.Resolver.Current[0].Servers[0].Breaker);
        Assert.Equal(VerdictKind.Unknown, world.Ask(NeverSeen).Kind);
        people.Restore(40);
        world.Advance(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(NeverSeen).Kind);
    }

    private static World Seen(int count, out People people, bool canary = false, double share = 0.2) => SeenWorld.Of(
        count, out people, new GuardSettings { Share = share }, canary ? new CanarySettings { Exists = [Mail.Of(Bird)] } : null, also: Bird);
}
