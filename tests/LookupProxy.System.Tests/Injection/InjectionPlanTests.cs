namespace LookupProxy.SystemTests.Injection;

public sealed class InjectionPlanTests
{
    private static readonly TimeProvider Time = TimeProvider.System;

    [Fact]
    public void The_same_seed_gives_the_same_faults_in_the_same_order_to_the_same_people()
    {
        var (one, again, other) = (Plan(seed: 42), Plan(seed: 42), Plan(seed: 43));

        Assert.Equal(one.Rounds.SelectMany(static round => round), again.Rounds.SelectMany(static round => round));
        Assert.Equal(Population.Directories.Select(one.SizeOf), Population.Directories.Select(again.SizeOf));
        Assert.NotEqual(one.Rounds[0].Select(static turn => turn.Fault), other.Rounds[0].Select(static turn => turn.Fault));
    }

    [Fact]
    public void Every_fault_comes_once_in_a_round()
    {
        var names = InjectedFaults.All.Select(static fault => fault.Name).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(names, names.Distinct());
        Assert.All(Plan(lookups: 10_000_000).Rounds, round => Assert.Equal(names, round.Select(static turn => turn.Fault.Name).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(10_000_000)]
    public void Every_fault_of_a_directory_has_people_of_its_own(long lookups)
    {
        var plan = Plan(lookups);
        var taken = new HashSet<(Holder, int)>();
        foreach (var turn in plan.Rounds.SelectMany(static round => round))
        {
            if (turn.Fault.Target is not { } holder)
                continue;
            Assert.All(
                Enumerable.Range(turn.First, InjectionTurn.Kept),
                number => Assert.True(number >= Population.Early && number < plan.SizeOf(holder) && taken.Add((holder, number)), $"{turn}: {number}"));
        }
    }

    [Fact]
    public void A_turn_asks_nobody_twice_in_its_stages_and_leaves_one_for_each_node_to_recover_with()
    {
        var turn = Plan().Rounds[0].First(static turn => turn.Fault.Target is not null);
        var people = new Population(static _ => 10_000, InjectionPlan.Nodes, Time);
        var time = new TestKit.Time.ManualTimeProvider();
        Newcomers[] stages = [turn.Breaking(people, time)!, turn.Holding(people, time)!, turn.Repairing(people, time)!];
        time.Advance(TimeSpan.FromMinutes(1));
        var asked = stages.SelectMany(static stage => Fresh(stage)).Concat(Enumerable.Range(0, InjectionPlan.Nodes).Select(turn.Recovering));

        Assert.Equal(Enumerable.Range(turn.First, InjectionTurn.Kept), asked);
    }

    [Fact]
    public void A_client_asks_the_same_again_while_nothing_happens()
    {
        var (one, again) = (new Random(7), new Random(7));

        Assert.Equal(Enumerable.Range(0, 1000).Select(_ => Mix.Calm.Pick(one)), Enumerable.Range(0, 1000).Select(_ => Mix.Calm.Pick(again)));
    }

    private static IEnumerable<int> Fresh(Newcomers stage)
    {
        while (stage.Pick(again: false, which: 0) is { } number)
            yield return number;
    }

    private static InjectionPlan Plan(long lookups = 1_000_000, int seed = 1) => new(InjectedFaults.All, lookups, seed);
}
