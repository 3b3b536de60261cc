using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>Lookups that go on until every directory has told whom it has.</summary>
public sealed class EverywhereTests
{
    private static readonly Answer _disabled = new Answer.Exists(new Recipient { Directory = "d0", Disabled = true });
    private static readonly Answer _mailbox = new Answer.Exists(new Recipient { Directory = "d1" });

    [Fact]
    public void All_directories_are_waited_for()
    {
        using var world = World.Of(2);
        world[0].Says = static _ => _disabled;
        world[1].Says = static _ => _mailbox;
        world[1].Delay = TimeSpan.FromSeconds(1);
        Assert.Equal("d0", world.Ask("anna@corp.example").Recipient!.Directory);

        var whole = Everywhere(world);

        Assert.Equal(["d0", "d1"], Directories(whole));
        Assert.True(Namesakes.AreAllKnown(whole));
        Assert.Equal(1, world[1].Asked);
    }

    [Fact]
    public void What_all_have_told_lately_is_told_from_memory()
    {
        using var world = World.Of(2);
        world[0].Says = static _ => _disabled;
        Everywhere(world);

        Assert.True(Namesakes.AreAllKnown(Everywhere(world)));
        Assert.Equal((1, 1), (world[0].Asked, world[1].Asked));
    }

    [Fact]
    public void One_whose_word_has_become_old_is_asked_anew_though_another_has_decided()
    {
        using var world = World.Of(2);
        world[0].Says = static _ => _disabled;
        world.Ask("anna@corp.example");
        world.Advance(120);
        world[1].Says = static _ => _mailbox;

        Assert.Equal(["d0", "d1"], Directories(Everywhere(world)));
    }

    /// <summary>An account that is enabled again is no more turned away for an hour than a new mailbox is.</summary>
    [Fact]
    public void What_a_directory_said_longer_ago_than_an_absence_is_good_for_is_asked_anew()
    {
        using var world = World.Of(1);
        world[0].Says = static _ => _disabled;
        world.Ask("anna@corp.example");
        world.Advance(61);
        world[0].Says = static _ => _mailbox;

        Assert.False(Everywhere(world).Recipient!.Disabled);
    }

    [Fact]
    public void One_that_can_not_be_asked_leaves_it_open_whatever_it_said_before()
    {
        using var world = World.Of(1);
        world[0].Says = static _ => _disabled;
        world.Ask("anna@corp.example");
        world.Advance(61);
        world[0].Says = static _ => new Answer.Unknown(UnknownReason.Unreachable, "away");

        var whole = Everywhere(world);

        Assert.Equal(VerdictKind.Valid, whole.Kind);
        Assert.False(Namesakes.AreAllKnown(whole));
    }

    [Fact]
    public void One_that_hangs_leaves_it_open_at_the_deadline_of_the_lookup_that_found_somebody()
    {
        using var world = World.Of(2);
        world[0].Says = static _ => _disabled;
        world[0].Delay = TimeSpan.FromSeconds(1);
        world[1].Delay = null;
        world[1].IgnoresToken = true;
        var began = world.Time.Elapsed;
        world.Ask("anna@corp.example");

        var whole = Everywhere(world);

        Assert.Equal(VerdictKind.Valid, whole.Kind);
        Assert.False(Namesakes.AreAllKnown(whole));
        Assert.InRange(world.Time.Elapsed - began, TimeSpan.FromSeconds(1), world.Deadline);
    }

    [Fact]
    public void Of_an_address_with_an_extension_both_forms_are_looked_for()
    {
        using var world = World.Of(2);
        world[0].Says = static address => address.Text == "anna+news@corp.example" ? _disabled : Answer.No;
        world[1].Says = static address => address.Text == "anna@corp.example" ? _mailbox : Answer.No;

        Assert.Equal(["d0", "d1"], Directories(Everywhere(world, "anna+news@corp.example")));
    }

    [Fact]
    public void Whom_no_directory_has_is_invalid_and_a_rule_s_is_valid_alone()
    {
        using var world = World.Of(2);

        Assert.Equal(VerdictKind.Invalid, Everywhere(world).Kind);
        var postmaster = Everywhere(world, "postmaster@corp.example");
        Assert.Same(postmaster, Assert.Single(Namesakes.Of(postmaster)));
    }

    private static IEnumerable<string> Directories(Verdict whole) => Namesakes.Of(whole).Select(static one => one.Recipient!.Directory).Order(StringComparer.Ordinal);

    private static Verdict Everywhere(World world, string address = "anna@corp.example") =>
        world.Finish(world.Resolver.ResolveAsync(new LookupRequest(Mail.Of(address), Everywhere: true), CancellationToken.None).AsTask());
}
