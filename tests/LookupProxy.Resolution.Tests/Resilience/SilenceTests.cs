using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Federation;
using LookupProxy.Resolution.Tests.Simulation;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Tests.Resilience;

/// <summary>A server that says nothing is noticed before the first question has used up its time.</summary>
public sealed class SilenceTests
{
    [Fact]
    public void On_a_busy_site_silence_is_noticed_before_the_first_timeout_and_nobody_waits_on()
    {
        using var world = Silent(2);
        var lookups = Hang(world);

        // 0.3 s of silence, a question that notices it, a second for the probe.
        Assert.Equal(1.4, world.Time.Elapsed.TotalSeconds, 3);
        Assert.All(lookups[..^1], lookup => Assert.Equal(UnknownReason.Timeout, world.Finish(lookup).Reason));
        Assert.Equal(1.4, world.Time.Elapsed.TotalSeconds, 3);
        Assert.Equal(0, world.Resolver.Current[1].Servers[0].Outstanding);
    }

    [Fact]
    public void Whoever_is_cut_off_and_whoever_comes_later_is_told_the_reason()
    {
        using var world = Silent();
        var lookups = Hang(world);
        Assert.All(lookups, lookup => Told(world.Finish(lookup), "given up: no answer in time"));
        var later = world.Ask("later@corp.example");
        Assert.Equal(UnknownReason.CircuitOpen, later.Reason);
        Told(later, "no answer in time");
        Assert.Contains("no answer in time", world.Resolver.Current[0].Servers[0].LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_cut_off_because_a_probe_was_refused_is_told_so()
    {
        using var world = Silent(change: Probing);
        world[0].ProbeScript = static _ => new(new Answer.Unknown(UnknownReason.BaseNotFound, "no such base"));
        var lookup = world.Start("b@corp.example");
        // The first probe.
        world.Advance(0.1);
        Assert.Equal(BreakerState.Open, State(world));
        Told(world.Finish(lookup), "no such base");
    }

    [Fact]
    public void A_first_question_may_take_longer_than_the_probe_beside_it()
    {
        using var world = World.Of(1, change: Probing);
        Behaviours.Set(world[0], Behaviour.Exists);
        world[0].Delay = TimeSpan.FromSeconds(1.8);
        var lookup = world.Start("b@corp.example");
        world.Advance(1.9);
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
    }

    [Fact]
    public void Whoever_is_refused_is_told_what_is_wrong_now()
    {
        using var world = Silent();
        Hang(world);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Advance(1);
        Told(world.Ask("b@corp.example"), "the circuit is open after: busy");
    }

    [Fact]
    public void What_was_cut_off_says_nothing_of_the_server_as_it_is_now()
    {
        using var world = Silent();
        Hang(world);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(1);
        Assert.Equal(BreakerState.Closed, State(world));
        Assert.Equal(VerdictKind.Valid, world.Ask("b@corp.example").Kind);

        // The questions after the circuit has closed have their whole time.
        Behaviours.Set(world[0], Behaviour.ExistsSlowly);
        Assert.Equal(VerdictKind.Valid, world.Ask("c@corp.example").Kind);
    }

    [Fact]
    public void The_log_gives_the_silence_as_the_reason_and_not_those_that_are_cut_off()
    {
        var log = new Tests.Health.LogBook();
        using var world = Silent(loggers: log);
        Hang(world);
        var line = Assert.Single(log.Entries, static line => line.Id == Resolution.Health.EventIds.CircuitOpened);
        Assert.Contains("no answer in time to any of the questions under way", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_slow_and_answers_is_not_given_up()
    {
        using var world = World.Of(1);
        world[0].Delay = TimeSpan.FromSeconds(1.8);
        world[0].ProbeScript = async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, world.Time, cancellationToken);
            return null;
        };
        world.Ask("first@corp.example");
        for (var i = 0; i < 100; i++)
        {
            _ = world.Start($"a{i}@corp.example");
            world.Advance(0.1);
            Assert.Equal(BreakerState.Closed, State(world));
        }
    }

    [Fact]
    public void Closing_down_ends_the_questions_of_a_circuit_that_has_closed_before()
    {
        using var world = Silent();
        Hang(world);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Advance(1);
        world[0].Delay = null;
        _ = world.Start("x@corp.example");
        var closing = world.Resolver.DisposeAsync().AsTask();
        world.Finish(closing);
        Assert.Equal(0, world.Resolver.Current[0].Servers[0].Outstanding);
    }

    /// <summary>A world whose last directory says nothing.</summary>
    private static World Silent(int directories = 1, Func<ResolverModel, ResolverModel>? change = null, ILoggerFactory? loggers = null)
    {
        var world = World.Of(directories, change: change, loggers: loggers);
        Behaviours.Set(world[directories - 1], Behaviour.Hangs);
        return world;
    }

    /// <summary>The first directory's server is probed when nobody asks it.</summary>
    private static ResolverModel Probing(ResolverModel model) => model with
    {
        Resilience = model.Resilience.SetItem("d0", World.Alone with { ProbeIdleAfter = TimeSpan.FromSeconds(30) }),
    };

    /// <summary>Ten lookups a second until the last directory's circuit is open.</summary>
    private static List<Task<Verdict>> Hang(World world)
    {
        var lookups = new List<Task<Verdict>>();
        for (var i = 0; i < 20 && world.Resolver.Current[^1].Servers[0].Breaker != BreakerState.Open; i++)
        {
            lookups.Add(world.Start($"a{i}@corp.example"));
            world.Advance(0.1);
        }

        return lookups;
    }

    private static void Told(Verdict verdict, string reason) =>
        Assert.Contains(reason, Assert.IsType<Answer.Unknown>(Assert.Single(verdict.Evidence).Answer).Detail, StringComparison.Ordinal);

    private static BreakerState State(World world) => world.Resolver.Current[0].Servers[0].Breaker;
}
