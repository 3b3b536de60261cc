using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>A directory that seems well, and whose every absence is no absence.</summary>
public sealed class SearchedWholeTests
{
    private static readonly Answer _elsewhere = new Answer.Unknown(UnknownReason.Referral, "a part of the tree is kept at ldap://dc9.child.contoso.example");

    [Theory]
    [InlineData(UnknownReason.Referral, "references")]
    [InlineData(UnknownReason.SizeLimit, "indexed")]
    public void It_is_told_by_an_alarm_that_says_what_to_do(UnknownReason reason, string advice)
    {
        using var world = World.Of(2);
        world[0].Says = _ => new Answer.Unknown(reason, "for this reason");
        Ask(world, SearchedWhole.Several);

        var alarm = Assert.Single(world.Resolver.Alarms.Current);
        Assert.Equal((AlarmNames.NotSearchedWhole, "d0"), (alarm.Name, alarm.Subject));
        Assert.Contains("for this reason", alarm.Text, StringComparison.Ordinal);
        Assert.Contains(advice, alarm.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_over_with_the_first_absence_and_may_come_again()
    {
        using var world = World.Of(1);
        world[0].Says = static _ => _elsewhere;
        Ask(world, SearchedWhole.Several + 3);
        world[0].Says = static _ => Answer.No;
        Ask(world, 1);
        Assert.Empty(world.Resolver.Alarms.Current);

        world[0].Says = static _ => _elsewhere;
        Ask(world, SearchedWhole.Several);
        Assert.Single(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void One_question_or_another_that_is_too_much_for_a_server_is_no_alarm()
    {
        using var world = World.Of(1);
        for (var i = 0; i < 10; i++)
        {
            world[0].Says = static _ => _elsewhere;
            Ask(world, SearchedWhole.Several - 1);
            world[0].Says = static _ => Answer.No;
            Ask(world, 1);
        }

        Assert.Empty(world.Resolver.Alarms.Current);
    }

    [Fact]
    public void Who_is_found_between_does_not_hide_it()
    {
        using var world = World.Of(1);
        world[0].Says = static address => address.Text.StartsWith("anna", StringComparison.Ordinal) ? ScriptedServer.Exists("d0") : _elsewhere;
        for (var i = 0; i < SearchedWhole.Several; i++)
        {
            Ask(world, 1);
            world.Ask($"anna{i}@corp.example");
        }

        Assert.Single(world.Resolver.Alarms.Current);
    }

    private static void Ask(World world, int times)
    {
        for (var i = 0; i < times; i++)
            world.Ask($"nobody{world[0].Asked}@corp.example");
    }
}
