using System.Collections.Immutable;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Federation;

public sealed class ResolverTests
{
    [Fact]
    public void The_first_directory_that_has_it_answers_for_all()
    {
        using var world = World.Of(2);
        world[0].Delay = TimeSpan.FromSeconds(1);
        Behaviours.Set(world[1], Behaviour.Exists);
        var began = world.Time.Elapsed;
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(began, world.Time.Elapsed);
        Assert.Equal("d1s0", verdict.Recipient!.Directory);
        Assert.Equal("shared", verdict.Namespace);
    }

    [Fact]
    public void Nobody_waits_for_the_others_when_one_has_found_it()
    {
        using var world = World.Of(2);
        world[0].Delay = TimeSpan.FromMilliseconds(100);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        world[1].Delay = null;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(100), world.Time.Elapsed);
    }

    [Fact]
    public void The_others_finish_into_the_sheet()
    {
        using var world = World.Of(2);
        world[0].Delay = TimeSpan.FromSeconds(1);
        Behaviours.Set(world[1], Behaviour.Exists);
        world.Ask("anna@corp.example");
        world.Advance(1);
        Assert.IsType<Answer.Absent>(world.Resolver.Cache.Find("shared\nanna@corp.example")!.Slots[0].Answer);
    }

    [Fact]
    public void A_domain_of_no_namespace_is_not_ours_and_nobody_is_asked()
    {
        using var world = World.Of(1);
        var verdict = world.Ask("anna@elsewhere.example");
        Assert.Equal(VerdictKind.NotOurs, verdict.Kind);
        Assert.Null(verdict.Namespace);
        Assert.Equal(0, world[0].Asked);
    }

    [Theory]
    [InlineData("postmaster@corp.example")]
    [InlineData("PostMaster@corp.example")]
    [InlineData("postmaster@alias.example")]
    public void Postmaster_is_valid_whatever_the_directories_say(string address)
    {
        using var world = World.Of(1);
        var verdict = world.Ask(address, explain: true);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(RecipientKind.AlwaysValid, verdict.Recipient!.Kind);
        Assert.Equal(EvidenceSource.Rule, Assert.Single(verdict.Evidence).Source);
        Assert.Equal(0, world[0].Asked);
    }

    [Fact]
    public void Postmaster_is_valid_also_where_the_operator_lists_others()
    {
        using var world = World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0] with { AlwaysValid = ["abuse"] }],
        });
        Assert.Equal(RecipientKind.AlwaysValid, world.Ask("postmaster@corp.example").Recipient!.Kind);
        Assert.Equal(RecipientKind.AlwaysValid, world.Ask("Abuse@corp.example").Recipient!.Kind);
        Assert.Equal(RecipientKind.AlwaysValid, world.Ask("abuse+spam@corp.example").Recipient!.Kind);
    }

    [Fact]
    public void An_alias_domain_asks_for_the_domain_it_stands_for()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        var verdict = world.Ask("anna@alias.example");
        Assert.Equal("anna@alias.example", verdict.Address.Text);
        Assert.Equal("anna@corp.example", verdict.DecidedAs!.Text);
        Assert.Equal("anna@corp.example", Assert.Single(world[0].Questions).Text);

        // And both are one in memory.
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
    }

    [Theory]
    [InlineData("Anna@corp.example", "anna@corp.example")]
    [InlineData("JÖRG@corp.example", "jörg@corp.example")]
    public void Case_does_not_count(string asked, string canonical)
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask(asked);
        world.Ask(canonical);
        world.Ask(asked);
        Assert.Equal(canonical, Assert.Single(world[0].Questions).Text);
    }

    [Fact]
    public void Case_counts_where_the_operator_says_so()
    {
        using var world = World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0] with { CaseSensitive = true }],
        });
        world[0].Says = static address => address.Text == "Anna@corp.example" ? ScriptedServer.Exists("d0") : Answer.No;
        Assert.Equal(VerdictKind.Valid, world.Ask("Anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask("Anna@corp.example").Kind);
    }

    [Fact]
    public void A_view_has_its_own_namespaces_and_an_unknown_one_is_the_default()
    {
        using var world = World.Of(2, change: static model => model with
        {
            Namespaces =
            [
                model.Namespaces[0] with { Name = "one", Directories = ["d0"] },
                model.Namespaces[0] with { Name = "two", Directories = ["d1"] },
            ],
            Views = [new ViewDefinition(ViewDefinition.Default, ["one"]), new ViewDefinition("second", ["two"])],
        });
        Behaviours.Set(world[0], Behaviour.Exists);
        Assert.Equal("one", Ask(null).Namespace);
        Assert.Equal(VerdictKind.Valid, Ask("nonesuch").Kind);
        Assert.Equal(VerdictKind.Invalid, Ask("second").Kind);
        Assert.Equal("two", Ask("second").Namespace);

        Verdict Ask(string? view) =>
            world.Finish(world.Resolver.ResolveAsync(new LookupRequest(Mail.Of("anna@corp.example"), view), default).AsTask());
    }

    [Fact]
    public void What_an_unknown_verdict_becomes_is_the_namespaces_choice()
    {
        using var world = World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0] with { WhenUnknown = WhenUnknown.Accept }],
        });
        Behaviours.Set(world[0], Behaviour.Refuses);
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.Busy, verdict.Reason);
        Assert.Equal(WhenUnknown.Accept, verdict.WhenUnknown);
    }

    [Theory]
    [InlineData(Behaviour.Throws)]
    [InlineData(Behaviour.ThrowsAtOnce)]
    [InlineData(Behaviour.SaysNothing)]
    public void A_fault_of_ours_is_unknown_and_never_absent(Behaviour fault)
    {
        using var world = World.Of(2);
        Behaviours.Set(world[1], fault);
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.InternalError, verdict.Reason);
    }

    [Fact]
    public void A_namespace_without_directories_is_refused() =>
        Assert.Throws<ArgumentException>(static () => World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0] with { Directories = [] }],
        }));

    [Fact]
    public void A_directory_that_is_not_there_is_refused() =>
        Assert.Throws<ArgumentException>(static () => World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0] with { Directories = ["d0", "d9"] }],
        }));

    [Fact]
    public void A_domain_twice_in_a_view_is_refused() =>
        Assert.Throws<ArgumentException>(static () => World.Of(1, change: static model => model with
        {
            Namespaces = [model.Namespaces[0], model.Namespaces[0] with { Name = "other" }],
        }));

    [Fact]
    public void A_lookup_after_the_end_is_unknown()
    {
        using var world = World.Of(1);
        world.Finish(world.Resolver.DisposeAsync().AsTask());
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.NotReady, verdict.Reason);
        Assert.Equal(0, world[0].Asked);
    }

    [Fact]
    public void Closing_lets_lookups_under_way_end()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.ExistsSlowly);
        var lookup = world.Start("anna@corp.example");
        var closing = world.Resolver.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        Assert.Equal(VerdictKind.Valid, world.Finish(lookup).Kind);
        world.Finish(closing);
    }

    [Fact]
    public void Closing_does_not_wait_longer_than_a_lookup_may_take()
    {
        using var world = World.Of(1, change: static model => model with
        {
            Resilience = ImmutableDictionary<string, ResilienceSettings>.Empty.Add(
                "d0", new ResilienceSettings { Timeout = TimeSpan.FromMinutes(1), ProbeIdleAfter = Timeout.InfiniteTimeSpan }),
        });
        Behaviours.Set(world[0], Behaviour.Hangs);
        var lookup = world.Start("anna@corp.example");
        var began = world.Time.Elapsed;
        world.Finish(world.Resolver.DisposeAsync().AsTask());
        Assert.Equal(TimeSpan.FromSeconds(4), world.Time.Elapsed - began);
        Assert.Equal(VerdictKind.Unknown, world.Finish(lookup).Kind);
        world.Until(() => world.Resolver.Flights.Count == 0);
    }

    [Fact]
    public void An_answer_that_comes_after_the_end_does_no_harm()
    {
        using var world = World.Of(1);
        var late = new TaskCompletionSource<Answer>();
        world[0].Script = (_, _) => new ValueTask<Answer>(late.Task);
        var lookup = world.Start("anna@corp.example");
        world.Finish(world.Resolver.DisposeAsync().AsTask());
        late.SetResult(ScriptedServer.Exists("d0"));
        Assert.Equal(VerdictKind.Unknown, world.Finish(lookup).Kind);
        world.Until(() => world.Resolver.Flights.Count == 0);
    }
}
