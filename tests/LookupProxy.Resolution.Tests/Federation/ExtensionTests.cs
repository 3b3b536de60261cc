using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>Addresses with an extension: anna+news@ is anna@ unless somebody has it as it stands.</summary>
public sealed class ExtensionTests
{
    [Fact]
    public void What_is_absent_with_its_extension_is_not_rejected_before_it_is_known_without()
    {
        using var world = World.Of(1);
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna+list@corp.example").Kind);

        world[0].Says = static address => address.Text == "anna@corp.example" ? ScriptedServer.Exists("d0") : Answer.No;
        world.Finish(world.Resolver.FlushAsync(new FlushScope.OfAddress(Mail.Of("anna@corp.example")), CancellationToken.None).AsTask());

        Assert.Equal(VerdictKind.Valid, world.Ask("anna+list@corp.example").Kind);
    }

    [Fact]
    public void Without_its_extension_it_is_found()
    {
        using var world = Having("anna@corp.example");
        var verdict = world.Ask("anna+news@corp.example");
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal("anna@corp.example", verdict.DecidedAs!.Text);
        Assert.Equal("anna+news@corp.example", verdict.Address.Text);
    }

    [Fact]
    public void As_it_stands_it_is_found()
    {
        using var world = Having("anna+news@corp.example");
        Assert.Equal("anna+news@corp.example", world.Ask("anna+news@corp.example").DecidedAs!.Text);
    }

    [Fact]
    public void Both_forms_are_asked_at_once()
    {
        using var world = Having("anna@corp.example");
        world[0].Delay = TimeSpan.FromSeconds(1);
        world.Ask("anna+news@corp.example");
        Assert.Equal(TimeSpan.FromSeconds(1), world.Time.Elapsed);
        Assert.Equal(["anna+news@corp.example", "anna@corp.example"], world[0].Questions.Select(static a => a.Text));
    }

    [Fact]
    public void It_is_invalid_only_when_nobody_has_either()
    {
        using var world = Having("bert@corp.example");
        var verdict = world.Ask("anna+news@corp.example");
        Assert.Equal(VerdictKind.Invalid, verdict.Kind);
        Assert.Equal(["anna+news@corp.example", "anna+news@corp.example", "anna@corp.example", "anna@corp.example"], verdict.Evidence.Select(static e => e.AskedFor!.Text));

        // From memory too.
        Assert.Equal(VerdictKind.Invalid, world.Ask("anna+news@corp.example").Kind);
        Assert.Equal(2, world[0].Asked);
        Assert.Equal(4, world.Ask("anna+news@corp.example", explain: true).Evidence.Length);
    }

    [Theory]
    [InlineData("anna+news@corp.example")]
    [InlineData("anna@corp.example")]
    public void One_form_that_cannot_be_decided_makes_it_unknown(string undecided)
    {
        using var world = World.Of(1);
        world[0].Says = address => address.Text == undecided ? new Answer.Unknown(UnknownReason.Referral, "elsewhere") : Answer.No;
        var verdict = world.Ask("anna+news@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.Referral, verdict.Reason);
    }

    [Fact]
    public void One_form_that_cannot_be_decided_does_not_hide_the_other()
    {
        using var world = World.Of(1);
        world[0].Script = async (address, cancellationToken) =>
        {
            if (address.Text == "anna+news@corp.example")
                return new Answer.Unknown(UnknownReason.Referral, "elsewhere");
            await Task.Delay(TimeSpan.FromSeconds(1), world.Time, cancellationToken);
            return ScriptedServer.Exists("d0");
        };
        Assert.Equal(VerdictKind.Valid, world.Ask("anna+news@corp.example").Kind);
    }

    [Fact]
    public void A_known_person_is_not_asked_for_again_with_every_new_extension()
    {
        using var world = Having("anna@corp.example");
        world.Ask("anna@corp.example");
        for (var i = 0; i < 100; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask($"anna+{i}@corp.example").Kind);
        Assert.Equal(1, world[0].Asked);
    }

    private static World Having(string mailbox)
    {
        var world = World.Of(2);
        world[0].Says = address => address.Text == mailbox ? ScriptedServer.Exists("d0") : Answer.No;
        return world;
    }
}
