using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class FallbackTests
{
    [Fact]
    public void Who_is_in_the_copy_of_a_directory_that_is_down_is_valid()
    {
        using var world = CopyWorld.Of();
        world.Advance(60);
        world.GoDown();
        var verdict = world.Ask("anna.alias@corp.example");
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal("Anna@corp.example", verdict.Recipient!.PrimaryAddress);
        Assert.Equal("d0", verdict.Recipient.Directory);
    }

    [Fact]
    public void It_answers_as_soon_as_the_directory_has_failed()
    {
        using var world = CopyWorld.Of(directories: 2);
        world.GoDown();
        world[0].Delay = TimeSpan.FromMilliseconds(100);
        world[1].Delay = null;
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromMilliseconds(100), world.Time.Elapsed - began);
    }

    [Fact]
    public void Who_is_not_in_it_is_as_unknown_as_without_it()
    {
        using var world = CopyWorld.Of();
        world.GoDown();
        var verdict = world.Ask("nobody@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.Unreachable, verdict.Reason);
    }

    [Fact]
    public void It_is_not_asked_while_the_directory_answers()
    {
        using var world = CopyWorld.Of();
        world[0].Says = static _ => Answer.No;
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void It_says_nothing_for_another_directory_that_is_down()
    {
        using var world = CopyWorld.Of(directories: 2);
        world[0].Says = static _ => Answer.No;
        world.GoDown(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void The_evidence_names_the_failure_and_the_copy_with_its_age()
    {
        using var world = CopyWorld.Of();
        world.Advance(600);
        world.GoDown();
        var evidence = world.Ask("berta@corp.example", explain: true).Evidence;
        Assert.Equal([EvidenceSource.Live, EvidenceSource.Snapshot], evidence.Select(static e => e.Source));
        Assert.Equal(CopyWorld.Down, evidence[0].Answer);
        Assert.IsType<Answer.Exists>(evidence[1].Answer);
        Assert.Equal("d0", evidence[1].Directory);
        Assert.Equal(TimeSpan.FromSeconds(600), evidence[1].Age);
        Assert.Equal("berta@corp.example", evidence[1].AskedFor!.Text);
    }

    [Fact]
    public void A_directory_that_hangs_is_given_its_timeout_and_no_more()
    {
        using var world = CopyWorld.Of();
        world[0].Delay = null;
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.FromSeconds(2), world.Time.Elapsed - began);
    }

    [Fact]
    public void A_directory_that_hangs_beyond_the_deadline_leaves_it_to_the_copy_at_the_deadline()
    {
        using var world = CopyWorld.Of(change: model => model with { Resilience = model.Resilience.SetItem("d0", new ResilienceSettings { Timeout = TimeSpan.FromSeconds(30) }) });
        world[0].Delay = null;
        // Or its silence would be noticed sooner.
        world[0].ProbeScript = static _ => default;
        var began = world.Time.Elapsed;
        var verdict = world.Ask("anna@corp.example", explain: true);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(world.Deadline, world.Time.Elapsed - began);
        Assert.Equal([EvidenceSource.Live, EvidenceSource.Snapshot], verdict.Evidence.Select(static e => e.Source));
        Assert.Equal(VerdictKind.Unknown, world.Ask("nobody@corp.example").Kind);
    }

    [Fact]
    public void It_does_not_wait_for_another_directory_that_hangs()
    {
        using var world = CopyWorld.Of(directories: 2);
        world.GoDown();
        world[1].Delay = null;
        var began = world.Time.Elapsed;
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(TimeSpan.Zero, world.Time.Elapsed - began);
    }

    [Fact]
    public void What_it_says_is_not_kept_as_if_the_directory_had_said_it()
    {
        using var world = CopyWorld.Of();
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Null(world.Resolver.Cache.Find("shared\nanna@corp.example"));
        world[0].Says = static _ => Answer.No;
        world.Finish(world.Resolver.CloseAsync("d0", null, default).AsTask());
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void Someone_deleted_since_the_copy_was_read_is_not_brought_back_by_it()
    {
        using var world = CopyWorld.Of(directories: 2);
        world.Advance(10);
        world[0].Says = static _ => Answer.No;
        world.GoDown(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        world.GoDown();
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void A_copy_that_is_too_old_is_not_used()
    {
        using var world = CopyWorld.Of(new SnapshotSettings { MaxAge = TimeSpan.FromDays(2) });
        world.Listing().FailsAtPage = 0;
        world.GoDown();
        world.Advance(TimeSpan.FromDays(2));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Advance(1);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        Assert.Equal(Core.Health.SnapshotState.TooOld, world.Resolver.Current[0].Snapshot!.State);
        Assert.Equal("snapshot-old", Assert.Single(world.Resolver.SnapshotAlarms.Current).Name);
    }

    [Fact]
    public void An_isolated_directory_is_answered_for_by_its_copy()
    {
        using var world = CopyWorld.Of();
        world.Finish(world.Resolver.IsolateAsync("d0", null, default).AsTask());
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("nobody@corp.example").Kind);
        Assert.Equal(0, world[0].Asked);
    }

    [Fact]
    public void Aliases_of_the_domain_and_extensions_are_found_as_in_the_directory()
    {
        using var world = CopyWorld.Of();
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("ANNA+lists@alias.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna-lists@corp.example").Kind);
    }

    [Fact]
    public void Whole_domains_are_found()
    {
        using var world = CopyWorld.Of(before: static listing => listing.Set(ScriptedListing.Person("all") with { Domains = ["corp.example"] }));
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("whoever@corp.example").Kind);
    }
}
