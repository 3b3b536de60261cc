using System.Collections.Immutable;
using LookupProxy.Core.Health;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Snapshots;
using LookupProxy.Resolution.Tests.Health;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class CopyFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("lookupproxy-copies").FullName;

    private string CopyPath => Path.Combine(_folder, "d0.snapshot");

    private SnapshotSettings Settings => new() { Path = CopyPath };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_a_restart_without_the_directory_who_was_in_the_copy_is_still_valid(bool isHashed)
    {
        Make(Settings with { IsHashed = isHashed });
        using var world = Restart(Settings with { IsHashed = isHashed });
        var verdict = world.Ask("ANNA@corp.example", explain: true);
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal(isHashed, verdict.Recipient!.PrimaryAddress is null);
        Assert.Equal(isHashed, verdict.Recipient.IsPartial);
        Assert.Equal(VerdictKind.Unknown, world.Ask("nobody@corp.example").Kind);
        Assert.Equal(2, world.Resolver.Current[0].Snapshot!.Recipients);
    }

    [Fact]
    public void Its_age_goes_on_over_a_restart()
    {
        Make(Settings);
        using var world = Restart(Settings with { MaxAge = TimeSpan.FromDays(3) }, TimeSpan.FromDays(2));
        Assert.Equal(TimeSpan.FromDays(2), world.Ask("anna@corp.example", explain: true).Evidence[1].Age);
        world.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void Reading_goes_on_where_it_ended()
    {
        Make(Settings);
        using var world = Restart(Settings, prepare: static listing => listing.FailsAtPage = null);
        world.Listing().Set("carla", "carla@corp.example");
        world.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal([false], world.Listing().Readings);
        Assert.Equal(VerdictKind.Valid, world.Ask("carla@corp.example").Kind);
    }

    [Fact]
    public void Of_something_else_all_is_read_and_what_was_known_is_guarded_all_the_same()
    {
        Make(Settings with { Origin = "dc=old" });
        using var world = Restart(Settings with { Origin = "dc=mistyped" }, prepare: static listing =>
        {
            listing.FailsAtPage = null;
            listing.Clear();
        });
        Assert.Equal([true], world.Listing().Readings);
        Assert.Equal(SnapshotState.Refused, world.Resolver.Current[0].Snapshot!.State);
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
    }

    [Fact]
    public void Where_case_counts_now_and_did_not_then_all_is_read()
    {
        Make(Settings);
        using var world = Restart(Settings with { CaseSensitive = true }, prepare: static listing => listing.FailsAtPage = null);
        Assert.Equal([true], world.Listing().Readings);
    }

    [Fact]
    public void Only_its_owner_may_read_it()
    {
        Make(Settings);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(CopyPath));
        Assert.Equal([CopyPath], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Where_addresses_are_hashed_none_is_on_disk()
    {
        Make(Settings);
        Assert.Contains("berta@corp.example", File.ReadAllText(CopyPath), StringComparison.Ordinal);
        Make(Settings with { IsHashed = true });
        var text = File.ReadAllText(CopyPath);
        Assert.DoesNotContain("corp.example", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("anna", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("berta", text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void An_open_list_of_addresses_does_not_stay_where_they_are_to_be_hashed()
    {
        Make(Settings);
        using var world = Restart(Settings with { IsHashed = true });
        Assert.False(File.Exists(CopyPath));
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(".damaged", true)]
    [InlineData(".new", true)]
    [InlineData("", false)]
    public void What_was_damaged_or_left_unfinished_does_not_stay_open_where_addresses_are_to_be_hashed(string ending, bool wasOpen)
    {
        Make(Settings with { IsHashed = !wasOpen });
        File.WriteAllBytes(CopyPath + ending, File.ReadAllBytes(CopyPath)[..^1]);
        if (ending.Length > 0)
            File.Delete(CopyPath);

        using var world = Restart(Settings with { IsHashed = true });

        Assert.Equal(wasOpen ? [] : [CopyPath + ".damaged"], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Every_damage_is_found_and_put_aside_and_is_never_fatal()
    {
        Make(Settings with { PublishedAttributes = ["mail"] });
        var good = File.ReadAllBytes(CopyPath);
        for (var at = 0; at < good.Length; at++)
        {
            foreach (var bit in new[] { 1, 0x80 })
            {
                var bad = (byte[])good.Clone();
                bad[at] ^= (byte)bit;
                File.WriteAllBytes(CopyPath, bad);
                Assert.Throws<InvalidDataException>(() => new CopyFile(CopyPath, Settings).Read());
            }

            File.WriteAllBytes(CopyPath, good[..at]);
            Assert.Throws<InvalidDataException>(() => new CopyFile(CopyPath, Settings).Read());
        }

        File.WriteAllBytes(CopyPath, [.. good, 0]);
        using var world = Restart(Settings);
        Assert.Equal(VerdictKind.Unknown, world.Ask("anna@corp.example").Kind);
        Assert.False(File.Exists(CopyPath));
        Assert.True(File.Exists(CopyPath + ".damaged"));
        world.Listing().FailsAtPage = null;
        world.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.True(File.Exists(CopyPath));
    }

    [Fact]
    public void Who_was_read_twice_while_changing_costs_no_copy()
    {
        var all = new CopyOfAll(CopyKeys.Create(isHashed: false, caseSensitive: false), Settings, expected: null);
        all.Add(new ListingBatch(
            IsFull: true, [ScriptedListing.Person("anna", "anna@corp.example"), ScriptedListing.Person("anna", "anna.new@corp.example"), ScriptedListing.Person("berta", "berta@corp.example")], [], Mark: null));
        var before = all.Finish(new ListingBatch(IsFull: true, [], [], Mark: null), DateTimeOffset.UnixEpoch);
        var changes = new CopyOfChanges(before, Settings);
        changes.Add(new ListingBatch(IsFull: false, [], ["anna"], Mark: null));
        var file = new CopyFile(CopyPath, Settings);

        file.Write(changes.Finish(new ListingBatch(IsFull: false, [], [], Mark: null), DateTimeOffset.UnixEpoch));

        var read = file.Read()!;
        Assert.Equal(1, read.Recipients);
        Assert.NotNull(read.Find(Mail.Of("berta@corp.example"), "d0"));
    }

    [Theory]
    [InlineData("mail", false)]
    [InlineData("mail,title", true)]
    public void What_was_not_asked_for_then_is_not_known_rather_than_not_there(string published, bool isPartial)
    {
        Make(Settings with { PublishedAttributes = ["mail"] });
        using var world = Restart(Settings with { PublishedAttributes = [.. published.Split(',')] });
        Assert.Equal(isPartial, world.Ask("anna@corp.example").Recipient!.IsPartial);
    }

    [Fact]
    public void A_place_that_cannot_be_written_costs_no_copy()
    {
        using var log = new LogBook();
        using var world = CopyWorld.Of(Settings with { Path = Path.Combine(_folder, "not-there", "d0.snapshot") }, loggers: log);
        world.GoDown();
        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Contains(log.Entries, static entry => entry.Text.Contains("could not be written", StringComparison.Ordinal));
    }

    [Fact]
    public void A_copy_that_does_not_come_to_its_place_leaves_nothing_that_fills_the_disk()
    {
        Directory.CreateDirectory(CopyPath);
        using var world = CopyWorld.Of(Settings);

        Assert.Equal(VerdictKind.Valid, world.Ask("anna@corp.example").Kind);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Changes_are_written_now_and_then_and_full_readings_at_once()
    {
        using var world = CopyWorld.Of(Settings);
        var first = File.GetLastWriteTimeUtc(CopyPath);
        world.Listing().Set("carla", "carla@corp.example");
        world.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(2, new CopyFile(CopyPath, Settings).Read()!.Recipients);
        world.Listing().Set("dora", "dora@corp.example");
        world.Advance(TimeSpan.FromMinutes(60));
        Assert.Equal(4, new CopyFile(CopyPath, Settings).Read()!.Recipients);
        Assert.True(File.GetLastWriteTimeUtc(CopyPath) >= first);
    }

    [Fact]
    public void What_may_no_longer_be_published_does_not_leave_it()
    {
        Make(Settings with { PublishedAttributes = ["mail", "title"] }, static listing => listing.Set(ScriptedListing.Person("boss", "boss@corp.example") with
        {
            Recipient = new Recipient
            {
                Directory = "d0",
                Attributes = AttributeDictionary.Of(new Dictionary<string, ImmutableArray<string>> { ["title"] = ["boss"], ["mail"] = ["boss@corp.example"] }),
            },
        }));
        using var world = Restart(Settings with { PublishedAttributes = ["mail"] });
        Assert.Equal(["mail"], world.Ask("boss@corp.example").Recipient!.Attributes.Keys);
    }

    private static void Make(SnapshotSettings settings, Action<ScriptedListing>? prepare = null)
    {
        using var world = CopyWorld.Of(settings, before: prepare);
    }

    /// <summary>A new process, with a directory that is down and cannot be read.</summary>
    private static World Restart(SnapshotSettings settings, TimeSpan? later = null, Action<ScriptedListing>? prepare = null)
    {
        var world = CopyWorld.Of(settings, before: listing =>
        {
            listing.FailsAtPage = 0;
            prepare?.Invoke(listing);
        }, later: later);
        world.GoDown();
        return world;
    }
}
