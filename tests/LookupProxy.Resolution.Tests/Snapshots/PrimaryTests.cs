using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class PrimaryTests
{
    private static readonly SnapshotSettings Primary = new() { Mode = SnapshotMode.Primary };

    [Fact]
    public void Who_is_in_the_copy_is_valid_and_no_directory_is_asked()
    {
        using var world = CopyWorld.Of(Primary, directories: 2);
        world.Advance(30);
        var verdict = world.Ask("anna@corp.example", explain: true);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal([EvidenceSource.Snapshot, EvidenceSource.Live], verdict.Evidence.Select(static e => e.Source));
        Assert.Equal(TimeSpan.FromSeconds(30), verdict.Evidence[0].Age);
        Assert.Equal(UnknownReason.None, Assert.IsType<Answer.Unknown>(verdict.Evidence[1].Answer).Reason);
        Assert.Equal(0, world[0].Asked + world[1].Asked);
        Assert.Null(world.Resolver.Cache.Find("shared\nanna@corp.example"));
    }

    [Fact]
    public void It_decides_at_once()
    {
        using var world = CopyWorld.Of(Primary);
        Assert.True(world.Start("anna+x@alias.example").IsCompleted);
    }

    [Fact]
    public void Who_is_not_in_it_is_asked_for_live()
    {
        using var world = CopyWorld.Of(Primary);
        world.Listing().Set("carla", "carla@corp.example");
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
        Assert.Equal(VerdictKind.Invalid, world.Ask("nobody@corp.example").Kind);
        Assert.Equal(2, world[0].Asked);
        world.GoDown();
        Assert.Equal(VerdictKind.Unknown, world.Ask("nobody2@corp.example").Kind);
    }

    [Fact]
    public void A_flush_makes_the_directory_be_asked_until_the_copy_is_read_anew()
    {
        using var world = CopyWorld.Of(Primary);
        world.Advance(1);
        world.Listing().Remove("anna");
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        world.Finish(world.Resolver.FlushAsync(new FlushScope.OfAddress(Mail.Of("anna@corp.example")), default).AsTask());
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask("berta@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
        world.Listing().Set("anna", "anna@corp.example");
        world.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
    }

    [Fact]
    public void A_flush_is_not_forgotten_for_many_others()
    {
        using var world = CopyWorld.Of(Primary);
        world.Advance(1);
        world.Listing().Remove("anna");
        Flush("anna@corp.example");
        world.Advance(1);
        for (var i = 0; i < 1000; i++)
            Flush($"p{i}@corp.example");
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna@corp.example").Kind);

        void Flush(string address) => world.Finish(world.Resolver.FlushAsync(new FlushScope.OfAddress(Mail.Of(address)), default).AsTask());
    }

    [Fact]
    public void A_flush_of_all_takes_away_no_protection()
    {
        using var world = CopyWorld.Of(Primary);
        world.Advance(1);
        world.Finish(world.Resolver.FlushAsync(new FlushScope.OfAll(), default).AsTask());
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void A_new_recipient_that_the_copy_has_learnt_is_not_held_out_by_an_absence_from_before()
    {
        using var world = CopyWorld.Of(Primary with { Every = TimeSpan.FromSeconds(20) });
        Assert.Equal(VerdictKind.Invalid, world.Ask("carla@corp.example").Kind);
        world.Listing().Set("carla", "carla@corp.example");
        world.Advance(25);
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
    }
}
