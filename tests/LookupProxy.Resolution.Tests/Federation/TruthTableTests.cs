using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Federation;

/// <summary>Every answer of every directory × everything that memory can hold of it.</summary>
public sealed class TruthTableTests
{
    private const string Address = "anna@corp.example";

    private static readonly Behaviour[] AllBehaviours = Enum.GetValues<Behaviour>();
    private static readonly Known[] AllKnown = Enum.GetValues<Known>();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_combination_gives_the_verdict_that_the_promises_ask_for(int directories)
    {
        var cells = AllKnown.Length * AllBehaviours.Length;
        var rows = (int)Math.Pow(cells, directories);
        for (var row = 0; row < rows; row++)
            Check(Row(row, directories));
    }

    [Theory]
    [InlineData(3, 2500)]
    [InlineData(4, 2500)]
    public void Samples_of_larger_federations_give_the_verdict_that_the_promises_ask_for(int directories, int rows)
    {
        var chance = new Random(20300101);
        var cells = AllKnown.Length * AllBehaviours.Length;
        for (var row = 0; row < rows; row++)
            Check([.. Enumerable.Range(0, directories).Select(_ => Cell(chance.Next(cells)))]);
    }

    [Fact]
    public void Four_directories_are_invalid_only_when_all_say_so()
    {
        // The one column of the table that may reject, complete: nothing known, every mix of absent with one other thing.
        foreach (var odd in AllBehaviours)
        {
            for (var place = 0; place < 4; place++)
            {
                var row = Enumerable.Repeat((Known.Nothing, Behaviour.Absent), 4).ToArray();
                row[place] = (Known.Nothing, odd);
                Check(row);
            }
        }
    }

    private static (Known Known, Behaviour Behaviour) Cell(int number) =>
        (AllKnown[number / AllBehaviours.Length], AllBehaviours[number % AllBehaviours.Length]);

    private static (Known Known, Behaviour Behaviour)[] Row(int number, int directories)
    {
        var cells = AllKnown.Length * AllBehaviours.Length;
        var row = new (Known, Behaviour)[directories];
        for (var i = 0; i < directories; i++)
        {
            row[i] = Cell(number % cells);
            number /= cells;
        }

        return row;
    }

    private static void Check((Known Known, Behaviour Behaviour)[] row)
    {
        using var world = World.Of(row.Length);
        world.Advance(TimeSpan.FromDays(9));
        Memory.Seed(world, Address, [.. row.Select(static cell => cell.Known)]);
        for (var i = 0; i < row.Length; i++)
            Behaviours.Set(world[i], row[i].Behaviour);

        var began = world.Time.Elapsed;
        var verdict = world.Ask(Address);
        var took = world.Time.Elapsed - began;

        var name = string.Join(", ", row);
        var expected = Oracle.Expect([.. row.Select(static cell => cell.Known)], [.. row.Select(static cell => cell.Behaviour)]);
        Assert.True(expected == verdict.Kind, $"{name}: expected {expected}, got {verdict.Kind} {verdict.Reason} after {took}: {string.Join("; ", verdict.Evidence)}");
        Assert.True(took <= TimeSpan.FromSeconds(4), $"{name}: took {took}");
        Assert.True(verdict.Kind != VerdictKind.Unknown || verdict.Reason != UnknownReason.None, $"{name}: unknown for no reason");
        Assert.True((verdict.Kind == VerdictKind.Valid) == (verdict.Recipient is not null), $"{name}: recipient");
        CheckMemory(world, name);
    }

    private static void CheckMemory(World world, string name)
    {
        world.Until(() => world.Resolver.Flights.Count == 0);
        var found = world.Resolver.Cache.Exists.Find($"shared\n{Address}");
        var absent = world.Resolver.Cache.Absent.Find($"shared\n{Address}");
        Assert.True(found is null || absent is null, $"{name}: in both caches");
        Assert.True(found is null || found.HasExists, $"{name}: no Exists among those that exist");
        Assert.True(absent is null || !absent.HasExists, $"{name}: an Exists among those that don't");
        var sheet = found ?? absent;
        for (var i = 0; i < sheet?.Slots.Length; i++)
            Assert.True(sheet.Slots[i].Answer is null or Answer.Exists or Answer.Absent, $"{name}: {sheet.Slots[i].Answer} was kept");
    }
}
