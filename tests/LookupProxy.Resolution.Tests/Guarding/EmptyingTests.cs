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
    private const string Bird = "canary@corp.example";

    private static readonly CacheSettings Cache = new() { Exists = TimeSpan.FromSeconds(10), Absent = TimeSpan.FromSeconds(3), StaleFor = TimeSpan.FromHours(3), Jitter = 0 };

    [Fact]
    public void With_a_canary_nobody_is_rejected_by_a_directory_that_was_emptied_not_even_one_never_seen() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Turns, static turns => Play(turns, new CanarySettings { Exists = [Mail.Of(Bird)] }, seenFirst: false, parts: false)));

    [Fact]
    public void Without_one_nobody_who_was_seen_is_rejected_also_when_half_are_gone() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(Turns, static turns => Play(turns, null, seenFirst: true, parts: true)));

    private static Arbitrary<int[]> Turns => Arb.From(Gen.ArrayOf(Gen.Choose(0, 999)));

    /// <param name="turns">What happens one after the other: the last two digits choose who or how much, the first what.</param>
    private static void Play(int[] turns, CanarySettings? canary, bool seenFirst, bool parts)
    {
        using var world = World.Of(2, change: model => model with
        {
            Cache = Cache,
            Resilience = model.Resilience.SetItem("d0", With(canary)).SetItem("d1", With(canary)),
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

    private static void Refill(People people)
    {
        people.Restore(Count);
        people.Add(Bird);
    }

    private static ResilienceSettings With(CanarySettings? canary) => World.Alone with { Canary = canary, Guard = new GuardSettings { Enabled = canary is null } };
}
