using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class CircuitTests
{
    [Fact]
    public void A_directory_that_hangs_costs_its_timeout_once()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[1], Behaviour.Hangs);
        Assert.Equal(TimeSpan.FromSeconds(2), Time(world, "a@corp.example", UnknownReason.Timeout));

        // The question's timeout was followed by a probe, which had a second.
        world.Advance(1.1);
        for (var i = 0; i < 100; i++)
            Assert.Equal(TimeSpan.Zero, Time(world, $"b{i}@corp.example", UnknownReason.CircuitOpen));
        Assert.Equal(1, world[1].Asked);
    }

    [Fact]
    public void A_directory_that_refuses_connections_is_left_alone_after_the_first()
    {
        using var world = World.Of(2);
        world[1].Says = static _ => new Answer.Unknown(UnknownReason.Unreachable, "connection refused");
        Time(world, "a@corp.example", UnknownReason.Unreachable);
        Assert.Equal(TimeSpan.Zero, Time(world, "b@corp.example", UnknownReason.CircuitOpen));
        Assert.Equal(1, world[1].Asked);
    }

    [Fact]
    public void Those_who_wait_for_a_hung_directory_while_another_decides_are_enough_to_notice_it()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.Exists);
        Behaviours.Set(world[1], Behaviour.Hangs);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(BreakerState.Closed, State(world, 1));
        world.Advance(3.1);
        Assert.Equal(BreakerState.Open, State(world, 1));
    }

    [Fact]
    public void One_failure_that_a_probe_does_not_confirm_opens_nothing()
    {
        using var world = World.Of(1);
        world[0].ProbeScript = static _ => default;
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.ConnectionLost, "reset");
        world.Ask("a@corp.example");
        world.Advance(1);
        Assert.Equal(1, world[0].Probed);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void A_question_answered_while_the_probe_was_failing_keeps_the_circuit_closed()
    {
        using var world = World.Of(1);
        world[0].ProbeScript = async cancellationToken =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), world.Time, cancellationToken);
            return new Answer.Unknown(UnknownReason.Unreachable, "refused");
        };
        world[0].Says = static address => address.Text[0] == 'a' ? new Answer.Unknown(UnknownReason.ConnectionLost, "reset") : Answer.No;
        world.Ask("a@corp.example");
        world.Advance(0.1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("b@corp.example").Kind);
        world.Advance(1);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void A_failure_ratio_over_the_window_opens_although_probes_succeed()
    {
        using var world = World.Of(1);
        world[0].ProbeScript = static _ => default;
        var number = 0;
        world[0].Says = _ => number++ % 2 == 0 ? Answer.No : new Answer.Unknown(UnknownReason.ServerError, "operationsError");
        for (var i = 0; i < 9; i++)
            world.Ask($"a{i}@corp.example");
        Assert.Equal(BreakerState.Closed, State(world, 0));
        world.Ask("a9@corp.example");
        Assert.Equal(BreakerState.Open, State(world, 0));
        Assert.Contains("operationsError", world.Ask("b@corp.example").Evidence[0].Answer.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnknownReason.Referral)]
    [InlineData(UnknownReason.SizeLimit)]
    public void What_concerns_one_question_opens_nothing(UnknownReason reason)
    {
        using var world = World.Of(1);
        world[0].ProbeScript = static _ => throw new InvalidOperationException("no probe is called for");
        world[0].Says = _ => new Answer.Unknown(reason, "");
        for (var i = 0; i < 50; i++)
            world.Ask($"a{i}@corp.example");
        Assert.Equal(BreakerState.Closed, State(world, 0));
        Assert.Equal(0, world[0].Probed);
    }

    [Theory]
    [InlineData(UnknownReason.Timeout)]
    [InlineData(UnknownReason.Unreachable)]
    [InlineData(UnknownReason.ConnectionLost)]
    [InlineData(UnknownReason.TlsFailed)]
    [InlineData(UnknownReason.BindRefused)]
    [InlineData(UnknownReason.AccessRefused)]
    [InlineData(UnknownReason.Busy)]
    [InlineData(UnknownReason.Unavailable)]
    [InlineData(UnknownReason.TimeLimit)]
    [InlineData(UnknownReason.BaseNotFound)]
    [InlineData(UnknownReason.ProtocolError)]
    [InlineData(UnknownReason.ServerError)]
    [InlineData(UnknownReason.NotReady)]
    [InlineData(UnknownReason.InternalError)]
    public void What_says_that_the_server_is_ill_opens(UnknownReason reason)
    {
        using var world = World.Of(1);
        world[0].Says = _ => new Answer.Unknown(reason, "");
        world.Ask("a@corp.example");
        world.Advance(0);
        Assert.Equal(BreakerState.Open, State(world, 0));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(600)]
    [InlineData(7201.37)]
    public void Two_seconds_after_the_repair_all_is_as_before_however_long_it_was_away(double seconds)
    {
        foreach (var fault in new[] { Behaviour.Hangs, Behaviour.Refuses, Behaviour.HangsForGood, Behaviour.Throws })
        {
            using var world = World.Of(2);
            Behaviours.Set(world[1], fault);
            world.Ask("a@corp.example");
            world.Advance(seconds);
            Assert.Equal(BreakerState.Open, State(world, 1));
            world[1].Delay = TimeSpan.FromMilliseconds(5);
            Behaviours.Set(world[1], Behaviour.Exists);
            world.Advance(2);
            Assert.Equal(BreakerState.Closed, State(world, 1));
            Assert.Equal(VerdictKind.Valid, world.Ask("b@corp.example").Kind);
        }
    }

    [Fact]
    public void A_busy_site_recovers_within_two_seconds_too()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[1], Behaviour.Hangs);
        var number = 0;
        Busy(10);
        Behaviours.Set(world[1], Behaviour.Exists);
        Busy(2);
        for (var i = 0; i < 100; i++)
        {
            var lookup = world.Start($"x{i}@corp.example");
            Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
            world.Advance(0.1);
        }

        void Busy(double seconds)
        {
            for (var t = 0.0; t < seconds; t += 0.01)
            {
                _ = world.Start($"a{number++}@corp.example");
                world.Advance(0.01);
            }
        }
    }

    [Fact]
    public void Nobody_waits_for_an_open_circuit_to_prove_itself()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Hangs);
        world.Ask("a@corp.example");
        world.Advance(1.1);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(TimeSpan.Zero, Time(world, $"b{i}@corp.example", UnknownReason.CircuitOpen));
            world.Advance(0.1);
        }
    }

    [Fact]
    public void A_server_that_answers_questions_is_used_again_after_its_break_although_its_probe_fails()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Ask("a@corp.example");
        world[0].ProbeScript = static _ => new(new Answer.Unknown(UnknownReason.AccessRefused, "the root DSE is not for everybody"));
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(4);
        Assert.Equal(BreakerState.Open, State(world, 0));
        world.Advance(2);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void A_server_whose_questions_take_longer_than_a_probe_may_is_used_again_after_its_break()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Hangs);
        world.Ask("a@corp.example");
        world.Advance(1.1);
        Assert.Equal(BreakerState.Open, State(world, 0));
        world[0].Delay = TimeSpan.FromSeconds(1.8);
        world.Advance(8);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void The_break_grows_while_questions_fail_too()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Ask("a@corp.example");
        var questions = new List<double>();
        var before = world[0].Asked;
        for (var t = 0.0; t < 140; t += 0.5)
        {
            world.Advance(0.5);
            if (world[0].Asked != before)
                questions.Add(t + 0.5);
            before = world[0].Asked;
        }

        Assert.Equal([5.0, 15.0, 35.0, 65.0, 95.0, 125.0], questions);
    }

    [Fact]
    public void A_circuit_that_opens_again_and_again_rests()
    {
        using var world = World.Of(1, change: WithMinimum(2));
        world[0].ProbeScript = static _ => default;
        var ill = true;
        world[0].Says = _ => ill ? new Answer.Unknown(UnknownReason.Busy, "busy") : Answer.No;
        var closed = new List<bool>();
        for (var i = 0; i < 5; i++)
        {
            ill = true;
            world.Ask($"a{i}@corp.example");
            world.Ask($"b{i}@corp.example");
            Assert.Equal(BreakerState.Open, State(world, 0));

            // A server that is well whenever it is not asked.
            ill = false;
            world.Advance(0.9);
            closed.Add(State(world, 0) == BreakerState.Closed);
            world.Advance(0.6);
            Assert.Equal(BreakerState.Closed, State(world, 0));
        }

        Assert.Equal([true, true, true, false, false], closed);
    }

    [Fact]
    public void A_server_that_fails_every_second_time_is_left_alone_and_used_again_soon_after_its_repair()
    {
        using var world = World.Of(1, change: WithMinimum(2));
        world[0].ProbeScript = static _ => default;
        var ill = true;
        var asked = 0;
        world[0].Says = _ => ill && asked++ % 2 == 0 ? new Answer.Unknown(UnknownReason.Busy, "busy") : Answer.No;
        for (var i = 0; i < 100; i++)
        {
            world.Ask($"a{i}@corp.example");
            world.Advance(0.3);
        }

        var opened = 0;
        for (var i = 0; i < 100; i++)
        {
            world.Ask($"b{i}@corp.example");
            opened += State(world, 0) == BreakerState.Closed ? 0 : 1;
            world.Advance(0.3);
        }

        Assert.Equal(100, opened);
        ill = false;
        world.Advance(2);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void Questions_put_before_the_repair_do_not_open_the_circuit_again()
    {
        using var world = World.Of(1, change: static model => model with
        {
            Resilience = model.Resilience.SetItem("d0", new ResilienceSettings { Timeout = TimeSpan.FromSeconds(3), ProbeIdleAfter = Timeout.InfiniteTimeSpan }),
            Deadline = TimeSpan.FromSeconds(8),
        });
        Behaviours.Set(world[0], Behaviour.Hangs);
        _ = world.Start("first@corp.example");
        world.Advance(2.9);
        for (var i = 0; i < 50; i++)
            _ = world.Start($"a{i}@corp.example");

        // The first times out at 3 s, the probe after it at 4 s; those that came later hang until 5.9 s.
        world.Advance(1.2);
        Assert.Equal(BreakerState.Open, State(world, 0));
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(1);
        Assert.Equal(BreakerState.Closed, State(world, 0));
        world.Advance(0.85);
        Assert.Equal(0, world.Resolver.Current[0].Servers[0].Outstanding);
        Assert.Equal(BreakerState.Closed, State(world, 0));
    }

    [Fact]
    public void The_administrator_takes_a_server_out_and_lets_it_in_again()
    {
        using var world = World.Of(1);
        Assert.True(world.Finish(world.Resolver.IsolateAsync("d0", "d0s0", default).AsTask()));
        Assert.Equal(BreakerState.Isolated, State(world, 0));
        Time(world, "a@corp.example", UnknownReason.Isolated);
        world.Advance(600);
        Assert.Equal(BreakerState.Isolated, State(world, 0));
        Assert.Equal(0, world[0].Asked + world[0].Probed);
        Assert.True(world.Finish(world.Resolver.CloseAsync("d0", null, default).AsTask()));
        Assert.Equal(BreakerState.Closed, State(world, 0));
        Assert.Equal(VerdictKind.Invalid, world.Ask("a@corp.example").Kind);
    }

    [Fact]
    public void The_administrator_closes_a_circuit_that_is_open()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Ask("a@corp.example");
        Assert.Equal(BreakerState.Open, State(world, 0));
        Behaviours.Set(world[0], Behaviour.Exists);
        Assert.True(world.Finish(world.Resolver.CloseAsync("d0", null, default).AsTask()));
        Assert.Equal(VerdictKind.Valid, world.Ask("b@corp.example").Kind);
    }

    [Fact]
    public void A_server_of_no_such_name_is_said_not_to_be_there()
    {
        using var world = World.Of(1);
        Assert.False(world.Finish(world.Resolver.IsolateAsync("d9", null, default).AsTask()));
        Assert.False(world.Finish(world.Resolver.IsolateAsync("d0", "d9s9", default).AsTask()));
        Assert.False(world.Finish(world.Resolver.CloseAsync("d9", null, default).AsTask()));
    }

    [Fact]
    public void A_server_is_probed_at_the_start_and_when_it_has_been_idle()
    {
        using var world = World.Of(1, change: static model => model with { Resilience = model.Resilience.SetItem("d0", new ResilienceSettings()) });
        world.Advance(0);
        Assert.Equal(1, world[0].Probed);
        Assert.NotNull(world.Resolver.Current[0].Servers[0].LastSuccess);
        world.Advance(31);
        Assert.Equal(2, world[0].Probed);
        Assert.Equal(0, world[0].Asked);
    }

    [Fact]
    public void A_directory_that_is_down_at_the_start_does_not_keep_the_first_lookup_waiting()
    {
        using var world = World.Of(2, change: static model => model with { Resilience = model.Resilience.SetItem("d1", new ResilienceSettings()) });
        Behaviours.Set(world[1], Behaviour.Hangs);
        world.Advance(1.1);
        Assert.Equal(BreakerState.Open, State(world, 1));
        Assert.Equal(TimeSpan.Zero, Time(world, "a@corp.example", UnknownReason.CircuitOpen));
    }

    private static Func<ResolverModel, ResolverModel> WithMinimum(int minimum) => model => model with
    {
        Resilience = model.Resilience.SetItem("d0", new ResilienceSettings { ProbeIdleAfter = Timeout.InfiniteTimeSpan, Breaker = new BreakerSettings { Minimum = minimum } }),
    };

    private static TimeSpan Time(World world, string address, UnknownReason expected)
    {
        var began = world.Time.Elapsed;
        var verdict = world.Ask(address);
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(expected, verdict.Reason);
        return world.Time.Elapsed - began;
    }

    private static BreakerState State(World world, int directory) => world.Resolver.Current[directory].Servers[0].Breaker;
}
