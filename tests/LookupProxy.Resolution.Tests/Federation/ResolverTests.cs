using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Federation;

public sealed class ResolverTests
{
    [Fact]
    public void An_address_that_one_directory_has_is_valid()
    {
        using var world = World.Of(2);
        world[1].Says = _ => ScriptedServer.Exists("d1");
        var verdict = world.Ask("anna@corp.example");
        Assert.Equal(VerdictKind.Valid, verdict.Kind);
        Assert.Equal("d1", verdict.Recipient!.Directory);
    }

    [Fact]
    public void An_address_that_no_directory_has_is_invalid()
    {
        using var world = World.Of(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask("nobody@corp.example").Kind);
    }

    [Fact]
    public void A_silent_directory_makes_it_unknown_at_the_deadline()
    {
        using var world = World.Of(2);
        world[1].Delay = null;
        var verdict = world.Ask("nobody@corp.example");
        Assert.Equal(VerdictKind.Unknown, verdict.Kind);
        Assert.Equal(UnknownReason.Timeout, verdict.Reason);
    }
}
