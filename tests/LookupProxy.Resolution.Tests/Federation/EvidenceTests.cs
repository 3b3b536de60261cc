using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Federation;

public sealed class EvidenceTests
{
    [Fact]
    public void It_says_who_was_asked_what_each_said_and_how_long_it_took()
    {
        using var world = World.Of(3);
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        Behaviours.Set(world[1], Behaviour.Refuses);
        var evidence = world.Ask("anna@corp.example").Evidence;
        Assert.Equal(["d0", "d1", "d2"], evidence.Select(static e => e.Directory));
        Assert.All(evidence, static e => Assert.Equal(EvidenceSource.Live, e.Source));
        Assert.IsType<Answer.Absent>(evidence[0].Answer);
        Assert.Equal(Behaviours.Slow, evidence[0].Took);
        Assert.Equal(TimeSpan.Zero, evidence[0].Age);
        Assert.Equal(UnknownReason.Busy, Assert.IsType<Answer.Unknown>(evidence[1].Answer).Reason);
        Assert.Equal("anna@corp.example", evidence[2].AskedFor!.Text);
    }

    [Fact]
    public void Memory_is_explained_only_when_asked()
    {
        using var world = World.Of(2);
        world.Ask("anna@corp.example");
        world.Advance(20);
        Assert.Empty(world.Ask("anna@corp.example").Evidence);
        var evidence = world.Ask("anna@corp.example", explain: true).Evidence;
        Assert.All(evidence, static e => Assert.Equal(EvidenceSource.Memory, e.Source));
        Assert.All(evidence, static e => Assert.Equal(TimeSpan.FromSeconds(20), e.Age));
    }

    [Fact]
    public void A_directory_that_was_not_waited_for_says_so()
    {
        using var world = World.Of(2);
        Behaviours.Set(world[0], Behaviour.AbsentSlowly);
        Behaviours.Set(world[1], Behaviour.Exists);
        var silent = Assert.IsType<Answer.Unknown>(world.Ask("anna@corp.example").Evidence[0].Answer);
        Assert.Equal(UnknownReason.None, silent.Reason);
        Assert.Contains("not waited for", silent.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_question_again_costs_no_new_verdict()
    {
        using var world = World.Of(1);
        world.Ask("anna@corp.example");
        Assert.Same(world.Ask("anna@corp.example"), world.Ask("anna@corp.example"));
    }

    [Fact]
    public void A_remembered_verdict_carries_the_address_as_it_was_asked()
    {
        using var world = World.Of(1);
        Behaviours.Set(world[0], Behaviour.Exists);
        world.Ask("anna@corp.example");
        Assert.Equal("Anna@corp.example", world.Ask("Anna@corp.example").Address.Text);
        Assert.Equal("anna@corp.example", world.Ask("anna@corp.example").Address.Text);
        Assert.Equal("anna@alias.example", world.Ask("anna@alias.example").Address.Text);
    }
}
