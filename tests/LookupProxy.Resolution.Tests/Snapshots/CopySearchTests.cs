using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Searching;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Snapshots;

public sealed class CopySearchTests
{
    private static readonly RecipientQuestion Everybody = new("(objectClass=*)");

    [Fact]
    public void A_fresh_copy_is_searched_instead_of_the_directory()
    {
        using var world = CopyWorld.Of();
        var live = new LiveSearch();

        var found = Find(world, live, Everybody);

        Assert.Equal(0, live.Asked);
        Assert.Equal(["Anna@corp.example", "anna.alias@corp.example", "berta@corp.example"], found.SelectMany(static one => one.Addresses).Select(static address => address.Text).Order(StringComparer.Ordinal));
        Assert.All(found, static one => Assert.Equal("d0", one.Recipient.Directory));
    }

    [Fact]
    public void What_has_changed_since_is_as_it_is_now()
    {
        using var world = CopyWorld.Of();
        world.Listing().Remove("berta");
        world.Listing().Set("anna", "anna.new@corp.example");
        world.Advance(20 * 60);

        var found = Find(world, new LiveSearch(), Everybody);

        Assert.Equal(["anna.new@corp.example"], found.SelectMany(static one => one.Addresses).Select(static address => address.Text));
    }

    [Fact]
    public void A_question_that_the_copy_can_not_answer_goes_to_the_directory()
    {
        using var world = CopyWorld.Of();
        var live = new LiveSearch();

        Find(world, live, Everybody with { Base = "dc=contoso" });
        Find(world, live, Everybody with { Decidable = ["memberOf"] });
        Assert.Equal(2, live.Asked);

        using var hashed = CopyWorld.Of(new SnapshotSettings { IsHashed = true });
        Find(hashed, live, Everybody);
        Assert.Equal(3, live.Asked);
    }

    [Theory]
    [InlineData("dc=contoso", 0)]
    [InlineData("dc=contoso,dc=example", 1)]
    public void A_copy_of_other_bases_than_now_is_not_taken_for_the_whole(string origin, int asked)
    {
        var folder = Directory.CreateTempSubdirectory("lookupproxy-copies").FullName;
        try
        {
            var settings = new SnapshotSettings { Path = Path.Combine(folder, "d0.snapshot"), Origin = "dc=contoso" };
            CopyWorld.Of(settings).Dispose();
            using var world = CopyWorld.Of(settings with { Origin = origin }, before: static listing => listing.FailsAtPage = 0);
            var live = new LiveSearch();

            Find(world, live, Everybody);

            Assert.Equal(asked, live.Asked);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void That_the_first_reading_saw_nobody_does_not_mean_that_nobody_is_there()
    {
        using var world = CopyWorld.Of(before: static listing => listing.Clear());
        var live = new LiveSearch();

        Find(world, live, Everybody);

        Assert.Equal(1, live.Asked);
    }

    [Fact]
    public void An_old_copy_only_adds_to_what_a_failing_directory_told_and_does_not_make_it_whole()
    {
        using var world = CopyWorld.Of(new SnapshotSettings { Every = TimeSpan.FromMinutes(15) });
        world.Listing().FailsAtPage = 0;
        world.Advance(31 * 60);
        var live = new LiveSearch();
        Assert.Equal(["zoe@corp.example"], (Find(world, live, Everybody)).SelectMany(static one => one.Addresses).Select(static address => address.Text));

        var broken = new LiveSearch { Fails = true };
        var found = new List<FoundRecipient>();
        var failure = Assert.Throws<ListingException>(() => Find(world, broken, Everybody, found));

        Assert.Equal(UnknownReason.ConnectionLost, failure.Reason);
        Assert.Equal(3, found.Count);
    }

    [Fact]
    public void Without_a_copy_a_failure_is_a_failure()
    {
        using var world = CopyWorld.Of(before: static listing => listing.FailsAtPage = 0);

        Assert.Throws<ListingException>(() => Find(world, new LiveSearch { Fails = true }, Everybody));
    }

    [Fact]
    public void A_directory_without_a_copy_is_searched_itself()
    {
        using var world = CopyWorld.Of(directories: 2);
        var live = new LiveSearch();

        Assert.Same(live, world.Resolver.OverCopy("d1", live));
    }

    private static List<FoundRecipient> Find(World world, LiveSearch live, RecipientQuestion question, List<FoundRecipient>? found = null) =>
        world.Finish(FindAsync(world, live, question, found ?? []));

    private static async Task<List<FoundRecipient>> FindAsync(World world, LiveSearch live, RecipientQuestion question, List<FoundRecipient> found)
    {
        await foreach (var page in world.Resolver.OverCopy("d0", live).SearchAsync(question, TestContext.Current.CancellationToken))
            found.AddRange(page);
        return found;
    }

    /// <summary>Gives zoe, and then fails or not.</summary>
    private sealed class LiveSearch : IRecipientSearch
    {
        public int Asked { get; private set; }

        public bool Fails { get; init; }

        public bool Holds(string name) => false;

        public async IAsyncEnumerable<ImmutableArray<FoundRecipient>> SearchAsync(RecipientQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            Asked++;
            await Task.Yield();
            yield return [new FoundRecipient([Mail.Of("zoe@corp.example")], new Recipient { Directory = "d0" })];
            if (Fails)
                throw new ListingException(UnknownReason.ConnectionLost, "gone");
        }
    }
}
