using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class ShrinkTests
{
    private static readonly TimeSpan OneReading = TimeSpan.FromMinutes(17);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_directory_that_shows_nobody_is_refused_until_an_administrator_accepts_it(bool tellsChanges)
    {
        using var world = CopyWorld.Of(before: listing => listing.TellsChanges = tellsChanges);
        world.Listing().Clear();
        world.Advance(OneReading);
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Equal(SnapshotState.Refused, world.Resolver.Current[0].Snapshot!.State);
        var alarm = Assert.Single(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(("snapshot-shrunk", "d0"), (alarm.Name, alarm.Subject));
        Assert.Contains("2 of 2", alarm.Text, StringComparison.Ordinal);

        world.Advance(OneReading);
        Assert.Equal(alarm.Since, Assert.Single(world.Resolver.SnapshotAlarms.Current).Since);
        Assert.Contains("from 2 to about 0", Accept(world), StringComparison.Ordinal);
        world.Advance(1);
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(0, world.Resolver.Current[0].Snapshot!.Recipients);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        Assert.Null(Accept(world));
    }

    [Fact]
    public void A_few_who_leave_are_no_alarm()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        for (var i = 0; i < 20; i++)
            world.Listing().Remove($"user{i}");
        world.Advance(OneReading);
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(82, world.Keeper().Copy!.Recipients);
        for (var i = 20; i < 37; i++)
            world.Listing().Remove($"user{i}");
        world.Advance(OneReading);
        Assert.Single(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(82, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void A_directory_that_shows_them_again_ends_the_alarm()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        world.Listing().Clear();
        world.Advance(OneReading);
        Assert.Single(world.Resolver.SnapshotAlarms.Current);
        CopyWorld.AddCrowd(world.Listing());
        world.Advance(OneReading);
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(100, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void What_was_accepted_is_no_licence_for_worse()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        for (var i = 0; i < 30; i++)
            world.Listing().Remove($"user{i}");
        world.Advance(OneReading);
        world.Listing().FailsAtPage = 0;
        Assert.Contains("to about 72", Accept(world), StringComparison.Ordinal);
        world.Listing().FailsAtPage = null;
        for (var i = 30; i < 60; i++)
            world.Listing().Remove($"user{i}");
        world.Advance(60);
        Assert.Equal(102, world.Keeper().Copy!.Recipients);
        Assert.Contains("to about 42", Accept(world), StringComparison.Ordinal);
        world.Advance(1);
        Assert.Equal(42, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void An_acceptance_waits_for_a_directory_that_cannot_be_read_just_now()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        world.Listing().Clear();
        world.Advance(OneReading);
        world.Listing().FailsAtPage = 0;
        Assert.NotNull(Accept(world));
        world.Advance(1);
        Assert.Single(world.Resolver.SnapshotAlarms.Current);
        world.Listing().FailsAtPage = null;
        world.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void People_who_only_changed_their_addresses_partly_or_their_ids_are_not_lost()
    {
        using var world = CopyWorld.Of(before: CopyWorld.AddCrowd);
        for (var i = 0; i < 100; i++)
        {
            world.Listing().Remove($"user{i}");
            world.Listing().Set($"other{i}", $"new{i}@corp.example", $"USER{i}@corp.example");
        }

        world.Advance(OneReading);
        Assert.Empty(world.Resolver.SnapshotAlarms.Current);
        Assert.Equal(102, world.Keeper().Copy!.Recipients);
    }

    [Fact]
    public void With_a_limit_of_one_every_reading_is_taken()
    {
        using var world = CopyWorld.Of(new SnapshotSettings { MaxShrink = 1 });
        world.Listing().Clear();
        world.Advance(OneReading);
        Assert.Equal(0, world.Keeper().Copy!.Recipients);
    }

    private static string? Accept(World world) => world.Finish(world.Resolver.SnapshotAcceptance.AcceptAsync("d0", default).AsTask());
}
