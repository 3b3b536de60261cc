using FsCheck;
using FsCheck.Fluent;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;
using LookupProxy.TestKit.Addresses;

namespace LookupProxy.Resolution.Tests.Guarding;

/// <summary>Two directories that lose their people and get them back, at any time.</summary>
public sealed class EmptyingTests
{
    private const int Count = 40;
    internal const string Bird = "canary@corp.example";

    private static readonly CacheSettings Cache = new() { Exists = TimeSpan.FromSeconds(10), Absent = TimeSpan.FromSeconds(3), StaleFor = TimeSpan.FromHours(3), Jitter = 0 };

    [Fact]
    public void With_a_canary_nobody_is_rejected_by_a_directory_that_was_emptied_not_even_one_never_seen() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Turns, static turns => Play(turns, new CanarySettings { Exists = [Mail.Of(Bird)] }, seenFirst: false, parts: false)));

    [Fact]
    public void Without_one_nobody_who_was_seen_is_rejected_also_when_half_are_gone() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Turns, static turns => Play(turns, null, seenFirst: true, parts: true)));

    [Fact]
    public void With_a_canary_nobody_who_was_seen_is_rejected_while_a_directory_is_filled_again_part_by_part() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Turns, static turns => PlayFilling(turns, new CanarySettings { Exists = [Mail.Of(Bird)] })));

    [Fact]
    public void Without_one_nobody_who_was_seen_is_rejected_while_a_directory_is_filled_again_part_by_part() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(Turns, static turns => PlayFilling(turns, null)));

    /// <summary>Found by chance: p1 fell on the same place as another, so that nobody knew that he was still to come.</summary>
    [Fact]
    public void Nobody_is_forgotten_while_few_are_known() => PlayFilling([66, 734, 424, 265, 346, 485, 44, 580, 747, 247, 327, 764, 316, 225, 959], null);

    private static Arbitrary<int[]> Turns => Arb.From(Gen.ArrayOf(Gen.Choose(0, 999)));

    /// <param name="turns">What happens one after the other: the last two digits choose who or how much, the first what.</param>
    private static void Play(int[] turns, CanarySettings? canary, bool seenFirst, bool parts)
    {
        using var world = World.Of(2, change: model => model with
        {
            Cache = Cache,
            Resilience = model.Resilience.SetItem("d0", With(canary, canary is null)).SetItem("d1", With(canary, canary is null)),
        });
        People[] directories = [new(world[0], Count), new(world[1], Count, 'q')];
        for (var i = 0; i < 2; i++)
            Refill(directories[i]);
        for (var i = 0; seenFirst && i < Count; i++)
        {
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i, 'q')).Kind);
        }

        foreach (var turn in turns)
        {
            var detail = turn % 100;
            switch (turn / 100)
            {
                case 0:
                    var oneOf = parts && detail < 50 ? 2 : 1;
                    directories[detail % 2].Lose(address => address[address.IndexOf('@', StringComparison.Ordinal) - 1] % oneOf == 0);
                    break;
                case 1:
                    Refill(directories[0]);
                    Refill(directories[1]);
                    break;
                case 2 or 3:
                    world.Advance(TimeSpan.FromMilliseconds(detail * 200));
                    break;
                case 4:
                    Assert.NotEqual(VerdictKind.Valid, world.Ask($"nobody{detail}@corp.example").Kind);
                    break;
                default:
                    var verdict = world.Ask(People.Name(detail / 2 % Count, detail % 2 == 0 ? 'p' : 'q'));
                    Assert.True(verdict.Kind != VerdictKind.Invalid, $"{verdict.Address} is rejected: {string.Join("; ", verdict.Evidence)}");
                    break;
            }

            // Nothing is changed and asked in the same instant.
            world.Advance(0.001);
        }

        Refill(directories[0]);
        Refill(directories[1]);
        world.Advance(6);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Invalid, world.Ask("nobody@corp.example").Kind);
    }

    /// <summary>
    /// Two directories with one server each that are emptied, which is noticed, and filled again, some at each turn, in an order of its own each time: the canary
    /// first, last or between. One that has nobody says so, as LDAP directories do; with a canary it just finds nobody.
    /// </summary>
    private static void PlayFilling(int[] turns, CanarySettings? canary)
    {
        using var world = World.Of(2, change: model => model with
        {
            Cache = Cache,
            Resilience = model.Resilience.SetItem("d0", With(canary, isGuarded: true)).SetItem("d1", With(canary, isGuarded: true)),
        });
        Filling[] directories = [new(world[0], 'p', saysNobody: canary is null), new(world[1], 'q', saysNobody: canary is null)];
        for (var i = 0; i < Count; i++)
        {
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i, 'q')).Kind);
        }

        var strangers = 0;
        foreach (var turn in turns)
        {
            var detail = turn % 100;
            switch (turn / 100)
            {
                case 0:
                    directories[detail % 2].Empty(detail / 2);
                    break;
                case 1:
                    directories[0].Add(Count);
                    directories[1].Add(Count);
                    break;
                default:
                    foreach (var directory in directories)
                        directory.Add(1 + (detail % 7));
                    break;
            }

            // Somebody is always asked for, so that what is empty is noticed.
            Assert.NotEqual(VerdictKind.Valid, world.Ask($"nobody{strangers++}@corp.example").Kind);
            world.Advance(TimeSpan.FromMilliseconds(1 + (turn % 43 * 100)));
            for (var i = 0; i < turn % 5; i++)
            {
                var verdict = world.Ask(People.Name((detail + (i * 11)) % Count, i % 2 == 0 ? 'p' : 'q'));
                Assert.True(verdict.Kind != VerdictKind.Invalid, $"{verdict.Address} is rejected: {string.Join("; ", verdict.Evidence)}");
            }
        }

        foreach (var directory in directories)
            directory.Add(Count);
        world.Advance(6);
        Assert.NotEqual(VerdictKind.Valid, world.Ask("nobody@corp.example").Kind);
        world.Advance(3);
        Assert.Empty(world.Resolver.Alarms.Current);
        Assert.Equal(VerdictKind.Invalid, world.Ask("nobody@corp.example").Kind);
        for (var i = 0; i < Count; i++)
            Assert.Equal(VerdictKind.Valid, world.Ask(People.Name(i)).Kind);
    }

    private static void Refill(People people)
    {
        people.Restore(Count);
        people.Add(Bird);
    }

    private static ResilienceSettings With(CanarySettings? canary, bool isGuarded) => World.Alone with { Canary = canary, Guard = new GuardSettings { Enabled = isGuarded } };
}
