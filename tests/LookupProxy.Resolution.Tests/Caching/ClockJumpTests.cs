using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Tests.Health;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Caching;

/// <summary>The machine sleeps, or its clock is set, while the resolver's own time goes on as if nothing had happened.</summary>
public sealed class ClockJumpTests
{
    private const string Anna = "anna@corp.example";

    [Fact]
    public void Nobody_is_absent_by_what_was_heard_before_the_machine_slept()
    {
        using var world = World.Of(2);
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);

        Sleep(world);

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Nor_by_one_directory_s_word_of_before_with_another_s_of_now()
    {
        var away = true;
        using var world = World.Of(2);
        world[1].Says = _ => away ? new Answer.Unknown(UnknownReason.Referral, "elsewhere") : Answer.No;
        Assert.Equal(VerdictKind.Unknown, world.Ask(Anna).Kind);
        world[0].Says = static _ => ScriptedServer.Exists("d0");
        away = false;

        Sleep(world);

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void Those_who_exist_are_not_asked_for_anew_and_it_is_told_once()
    {
        var log = new LogBook();
        using var world = World.Of(1, loggers: log);
        world[0].Says = static address => address.Equals(Mail.Of(Anna)) ? ScriptedServer.Exists("d0") : Answer.No;
        world.Ask(Anna);
        world.Ask("nobody@corp.example");

        Sleep(world);
        for (var i = 0; i < 3; i++)
        {
            world.Ask("nobody@corp.example");
            Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
        }

        Assert.Equal(3, world[0].Asked);
        Assert.Single(log.Entries, static line => line.Id == EventIds.ClockJumped);
    }

    [Fact]
    public void A_stored_absence_of_before_the_clock_was_set_back_does_not_come_again_when_its_time_does()
    {
        using var world = World.Of(2, second: static time => new SecondLevel(new ScriptedStore(time)));
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        world[0].Says = static _ => ScriptedServer.Exists("d0");

        world.Time.SetTimeOfDay(TimeSpan.FromHours(-1));
        world.Ask("nobody@corp.example");
        world.Advance(TimeSpan.FromHours(1));

        Assert.Equal(VerdictKind.Valid, world.Ask(Anna).Kind);
    }

    [Fact]
    public void What_is_stored_after_that_time_counts_again()
    {
        using var world = World.Of(2, second: static time => new SecondLevel(new ScriptedStore(time)));
        world.Time.SetTimeOfDay(TimeSpan.FromMinutes(-5));
        world.Ask("nobody@corp.example");
        world.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);

        var asked = world[0].Asked;
        world.Resolver.Cache.Absent.Clear();

        Assert.Equal(VerdictKind.Invalid, world.Ask(Anna).Kind);
        Assert.Equal(asked, world[0].Asked);
    }

    /// <summary>Some milliseconds of the resolver's own time.</summary>
    private static void Sleep(World world)
    {
        world.Advance(0.01);
        world.Time.SetTimeOfDay(TimeSpan.FromHours(8));
    }
}
