using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Resolution.Tests.Federation;

public sealed class FlightTests
{
    [Fact]
    public void Those_who_ask_at_the_same_time_share_one_question()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        Behaviours.Set(world[1], Behaviour.ExistsSlowly);
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 1000).Select(_ => world.Start("anna@corp.example"))];
        Assert.All(lookups, lookup => Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind));
        Assert.Equal(1, world[0].Asked);
        Assert.Equal(1, world[1].Asked);
    }

    [Fact]
    public async Task A_thousand_threads_share_one_question()
    {
        var go = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var server = new ScriptedServer("s", TimeProvider.System) { Script = (_, _) => new ValueTask<Answer>(go.Task), ProbeScript = static _ => default };
        var directory = new ScriptedDirectory("d0", server);
        await using var resolver = Resolver.Create(World.Model([directory]), [directory], NullLoggerFactory.Instance, TimeProvider.System, 1);
        var request = new LookupRequest(Mail.Of("anna@corp.example"));
        Task<Verdict>[] lookups = [.. Enumerable.Range(0, 1000).Select(_ => Task.Run(() => resolver.ResolveAsync(request, default).AsTask()))];
        while (server.Asked == 0)
            await Task.Yield();
        go.SetResult(ScriptedServer.Exists("d0"));
        foreach (var verdict in await Task.WhenAll(lookups))
            Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public void One_who_goes_away_does_not_take_the_answer_from_the_others()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.ExistsSlowly);
        using var leaves = new CancellationTokenSource();
        var first = world.Start("anna@corp.example", cancellationToken: leaves.Token);
        var second = world.Start("anna@corp.example");
        leaves.Cancel();
        var gone = Assert.Throws<OperationCanceledException>(() => world.Finish(first));
        Assert.Equal(leaves.Token, gone.CancellationToken);
        Assert.Equal(VerdictKind.Valid, world.Finish(second).Kind);
        Assert.Equal(1, world[0].Asked);
    }

    [Fact]
    public void One_who_joins_late_has_its_own_deadline()
    {
        using var world = Patient(1);
        world[0].Delay = TimeSpan.FromSeconds(6);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        var first = world.Start("anna@corp.example");
        world.Advance(3);
        var second = world.Start("anna@corp.example");
        world.Advance(1);
        Assert.Equal(UnknownReason.Deadline, world.Finish(first).Reason);
        Assert.False(second.IsCompleted);
        Assert.Equal(VerdictKind.Valid, world.Finish(second).Kind);
        Assert.Equal(TimeSpan.FromSeconds(6), world.Time.Elapsed);
        Assert.Equal(1, world[0].Asked);
    }

    [Fact]
    public void An_answer_after_the_deadline_is_learnt()
    {
        using var world = Patient(1);
        world[0].Delay = TimeSpan.FromSeconds(6);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        world.Advance(3);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
    }

    [Fact]
    public void At_the_deadline_what_is_old_helps_and_what_is_silent_does_not_decide()
    {
        using var world = Patient(2);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.Nothing]);
        Memory.Seed(world, "bert@corp.example", [Known.OldAbsent, Known.FreshAbsent]);
        foreach (var directory in world.Directories)
        {
            Behaviours.Set(directory.Server, Behaviour.Hangs);
            directory.Server.ProbeScript = static _ => default;
        }

        var anna = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Valid, anna.Kind);
        Assert.Equal(EvidenceSource.Stale, anna.Evidence[0].Source);
        var bert = world.Ask("bert@corp.example");
        Assert.Equal(VerdictKind.Unknown, bert.Kind);
        Assert.Equal(UnknownReason.Deadline, bert.Reason);
    }

    [Fact]
    public void A_directory_that_has_said_nothing_is_not_taken_to_have_answered_in_the_clocks_first_instant()
    {
        using var world = Patient(2);
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.None, "gives no reason");
        Behaviours.Set(world[1], Behaviour.Hangs);
        world[1].ProbeScript = static _ => default;
        Assert.Equal(TimeSpan.Zero, world.Time.Elapsed);

        Assert.Equal(UnknownReason.Deadline, world.Ask("anna@corp.example").Reason);
    }

    [Fact]
    public void One_who_joins_a_flight_in_which_a_directory_has_failed_asks_that_directory_again()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.Refers);
        world[1].Delay = TimeSpan.FromSeconds(1.9);
        var first = world.Start("anna@corp.example");
        world.Advance(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        var second = world.Start("anna@corp.example");
        Assert.Equal(VerdictKind.Unknown, world.Finish(first).Kind);
        Assert.Equal(VerdictKind.Valid, world.Finish(second).Kind);
        Assert.Equal([2, 1], world.Directories.Select(static d => d.Server.Asked));
    }

    [Fact]
    public async Task One_who_joins_after_an_old_exists_has_become_too_old_waits_for_the_rest()
    {
        // On a thread of its own: it once span there for good.
        await Task.Run(static () =>
        {
            using var world = Patient(2);
            world.Advance(TimeSpan.FromDays(9));
            Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.Nothing]);
            world.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
            Behaviours.Set(world[0], Behaviour.Refers);
            Behaviours.Set(world[1], Behaviour.Hangs);
            Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
            world.Advance(2);
            var began = world.Time.Elapsed;
            Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
            Assert.Equal(world.Deadline, world.Time.Elapsed - began);
        }).WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
    }

    [Fact]
    public void An_old_exists_answers_at_once_when_its_own_directory_cannot_be_asked()
    {
        using var world = World.Of(2);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.Nothing]);
        Behaviours.Set(world[0], Behaviour.Refuses);
        Behaviours.Set(world[1], Behaviour.AbsentSlowly);
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(began, world.Time.Elapsed);
    }

    [Fact]
    public void An_old_exists_answers_as_soon_as_its_own_directory_has_failed()
    {
        using var world = World.Of(2);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.Nothing]);
        world[0].Delay = TimeSpan.FromMilliseconds(100);
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.Busy, "busy");
        world[1].Delay = null;
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(100), world.Time.Elapsed - began);
    }

    [Fact]
    public void An_old_exists_is_replaced_when_its_directory_says_absent()
    {
        using var world = World.Of(1);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists]);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Behaviours.Set(world[0], Behaviour.Refuses);
        world.Advance(61);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void Only_directories_whose_answer_is_missing_or_old_are_asked()
    {
        using var world = World.Of(3);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.FreshAbsent, Known.OldAbsent, Known.Nothing]);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal([0, 1, 1], world.Directories.Select(static d => d.Server.Asked));
    }

    [Fact]
    public void A_mailbox_that_moves_from_one_directory_to_another_is_never_invalid()
    {
        using var world = World.Of(2);
        var home = 0;
        world[0].Says = _ => home == 0 ? ScriptedServer.Exists("d0") : Answer.No;
        world[1].Says = _ => home == 1 ? ScriptedServer.Exists("d1") : Answer.No;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);

        // d1's Absent is 30 s old, so still fresh, when d0's Exists has aged out; the mailbox has moved in between.
        world.Advance(TimeSpan.FromMinutes(60) - TimeSpan.FromSeconds(30));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.FreshAbsent]);
        home = 1;
        world.Advance(30);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void An_absent_asked_for_before_the_move_was_seen_does_not_count()
    {
        using var world = World.Of(2);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, "anna@corp.example", [Known.StaleExists, Known.OldAbsent]);

        // d1 was read before the move, d0 after it, and d1's answer comes last.
        var late = 0;
        world[1].Script = async (_, cancellationToken) =>
        {
            if (late++ > 0)
                return ScriptedServer.Exists("d1");
            await Task.Delay(TimeSpan.FromMilliseconds(50), world.Time, cancellationToken);
            return Answer.No;
        };
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void An_answer_with_no_time_at_all_still_decides_the_lookup_it_was_asked_for()
    {
        using var world = World.Of(2, change: static model => model with { Cache = new CacheSettings { Exists = TimeSpan.Zero, Absent = TimeSpan.Zero, StaleFor = TimeSpan.Zero } });
        Behaviours.Set(world[1], Behaviour.AbsentSlowly);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Behaviours.Set(world[0], Behaviour.Exists);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(5);
        Behaviours.Set(world[0], Behaviour.Absent);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(3, world[0].Asked);
    }

    [Fact]
    public void An_absent_that_ages_out_while_another_directory_is_slow_is_asked_again()
    {
        using var world = World.Of(2, change: static model => model with { Cache = new CacheSettings { Absent = TimeSpan.FromSeconds(5), Jitter = 0 } });
        Behaviours.Set(world[1], Behaviour.Refers);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        world.Advance(4.5);
        Behaviours.Set(world[0], Behaviour.Exists);
        Behaviours.Set(world[1], Behaviour.AbsentSlowly);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(2, world[0].Asked);
    }

    /// <summary>Servers that may take longer than a lookup.</summary>
    private static World Patient(int directories) => World.Of(directories, change: static model => model with
    {
        Resilience = model.Resilience.ToImmutableDictionary(static pair => pair.Key, static pair => pair.Value with { Timeout = TimeSpan.FromSeconds(10) }),
    });
}
