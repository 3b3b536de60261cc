using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class KeeperTests
{
    /// <summary>Time in which one reading follows another for certain.</summary>
    private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(17);

    [Fact]
    public void Changes_are_read_in_between_and_all_once_a_day()
    {
        using var world = CopyWorld.Of();
        world.Listing().Set("carla", "carla@corp.example");
        world.Listing().Remove("berta");
        world.Listing().Set("anna", "anna.new@corp.example");
        world.Advance(OneReading);
        Assert.Equal([true, false], world.Listing().Readings);
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna.new@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("berta@corp.example").Kind);
        Assert.Equal(2, world.Keeper().Copy!.Recipients);
        world.Advance(TimeSpan.FromHours(48));
        Assert.InRange(world.Listing().Readings.Count(static all => all), 2, 3);
        Assert.InRange(world.Listing().Readings.Count, 48 * 3, 48 * 5);
    }

    [Fact]
    public void A_directory_that_cannot_tell_changes_is_read_whole()
    {
        using var world = CopyWorld.Of(before: static listing => listing.TellsChanges = false);
        world.Advance(TimeSpan.FromMinutes(35));
        Assert.Equal([true, true, true], world.Listing().Readings);
    }

    [Fact]
    public void Changes_that_do_not_tell_who_has_gone_leave_the_copy_as_old_as_its_last_full_reading()
    {
        using var world = CopyWorld.Of(new SnapshotSettings { MaxAge = TimeSpan.FromHours(1) }, before: static listing => listing.TellsGone = false);
        world.Advance(TimeSpan.FromMinutes(50));
        Assert.True(world.Listing().Readings.Count > 2);
        Assert.Equal(TimeSpan.FromMinutes(50), world.Keeper().Age);
        world.Advance(TimeSpan.FromMinutes(11));
        Assert.True(world.Keeper().IsTooOld);
    }

    [Fact]
    public void Who_is_not_named_among_those_who_stayed_is_gone()
    {
        using var world = CopyWorld.Of(before: static listing => listing.TellsWhoStayed = true);
        world.Listing().Remove("berta");
        world.Listing().Set("carla", "carla@corp.example");
        world.Advance(OneReading);
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("berta@corp.example").Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_reading_that_fails_leaves_the_old_copy_and_says_so(int page)
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        world.Listing().Set("carla", "carla@corp.example", "carla2@corp.example");
        world.Listing().Set("dora", "dora@corp.example");
        world.Listing().Set("emma", "emma@corp.example");
        world.Listing().FailsAtPage = page;
        world.Advance(OneReading);
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(VerdictKind.Unknown, world.Ask("carla@corp.example").Kind);
        var health = world.Resolver.Current[0].Snapshot!;
        Assert.Equal(SnapshotState.Ready, health.State);
        Assert.Equal("connection_lost: the connection was lost", health.LastError);
        world.Listing().FailsAtPage = null;
        world.Advance(OneReading);
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
        Assert.Null(world.Resolver.Current[0].Snapshot!.LastError);
    }

    [Fact]
    public void A_directory_that_brings_no_page_is_given_up()
    {
        using var world = CopyWorld.Of();
        world.Listing().Waits = token => Task.Delay(Timeout.InfiniteTimeSpan, world.Time, token);
        world.Resolver.SnapshotControl.Refresh("d0");
        world.Advance(60);
        Assert.Equal(0, world.Resolver.Current[0].Snapshot!.Reading);
        Assert.Null(world.Resolver.Current[0].Snapshot!.NextAt);
        world.Advance(TimeSpan.FromMinutes(10));
        Assert.StartsWith("timeout: ", world.Resolver.Current[0].Snapshot!.LastError, StringComparison.Ordinal);
        Assert.Equal(2, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void Health_tells_how_far_a_reading_is()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        world.Listing().Waits = token => Task.Delay(TimeSpan.FromSeconds(1), world.Time, token);
        Assert.True(world.Resolver.SnapshotControl.Refresh("d0"));
        Assert.False(world.Resolver.SnapshotControl.Refresh("d7"));
        world.Advance(25.5);
        var health = world.Resolver.Current[0].Snapshot!;
        Assert.Equal((50, 102), (health.Reading, health.Expected));
        Assert.Equal(SnapshotState.Ready, health.State);
        world.Advance(60);
        Assert.Null(world.Resolver.Current[0].Snapshot!.Reading);
        Assert.NotNull(world.Resolver.Current[0].Snapshot!.NextAt);
    }

    [Fact]
    public void While_there_is_no_copy_nobody_is_helped_and_after_a_while_somebody_should_look()
    {
        using var world = CopyWorld.Of(before: static listing => listing.FailsAtPage = 0);
        world.GoDown();
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        Assert.Equal(SnapshotState.Missing, world.Resolver.Current[0].Snapshot!.State);
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        world.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("snapshot-missing", Assert.Single(world.Resolver.SnapshotAlarms.Current).Name);
        world.Listing().FailsAtPage = null;
        world.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void What_may_be_published_is_kept_when_it_is_small()
    {
        using var world = CopyWorld.Of(new SnapshotSettings { PublishedAttributes = ["mail", "title"], MaxAttributes = 20 }, before: static listing =>
        {
            listing.Set(ScriptedListing.Person("small", "small@corp.example") with { Recipient = With("boss") });
            listing.Set(ScriptedListing.Person("large", "large@corp.example") with { Recipient = With(new string('x', 21)) });
        });
        world.GoDown();
        var small = world.Ask("small@corp.example").Recipient!;
        Assert.Equal(["boss"], small.Attributes["TITLE"]);
        Assert.False(small.IsPartial);
        Assert.Single(small.Attributes);
        var large = world.Ask("large@corp.example").Recipient!;
        Assert.Empty(large.Attributes);
        Assert.True(large.IsPartial);

        static Recipient With(string title) => new()
        {
            Directory = "d0",
            Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>> { ["title"] = [title], ["secret"] = ["s"] }),
        };
    }
}
