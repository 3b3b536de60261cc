namespace LookupProxy.SystemTests.Injection;

/// <summary>Which fault comes when, and who is kept for it. All of it follows from the seed.</summary>
internal sealed class InjectionPlan
{
    public const int Nodes = 2;

    /// <summary>What even a slow machine does in a round; a quick one does twenty times as many, and needs one round only.</summary>
    private const long LookupsOfSlowRound = 250_000;

    private readonly Dictionary<Holder, int> _sizes = Population.Directories.ToDictionary(static holder => holder, static _ => Population.Early);

    /// <param name="faults">Each once in each round.</param>
    public InjectionPlan(IEnumerable<InjectedFault> faults, long lookups, int seed)
    {
        Lookups = lookups;
        Seed = seed;
        var random = new Random(seed);
        var all = faults.ToArray();
        var rounds = new List<IReadOnlyList<InjectionTurn>>();
        for (var round = 0L; round <= lookups / LookupsOfSlowRound; round++)
        {
            random.Shuffle(all);
            rounds.Add([.. all.Select(Turn)]);
        }

        Rounds = rounds;
    }

    /// <summary>Done when there are so many at the end of a round.</summary>
    public long Lookups { get; }

    public int Seed { get; }

    public IReadOnlyList<IReadOnlyList<InjectionTurn>> Rounds { get; }

    /// <summary>People of a directory.</summary>
    public int SizeOf(Holder holder) => _sizes[holder];

    private InjectionTurn Turn(InjectedFault fault)
    {
        if (fault.Target is not { } holder)
            return new InjectionTurn(fault, First: 0);
        var first = _sizes[holder];
        _sizes[holder] += InjectionTurn.Kept;
        return new InjectionTurn(fault, first);
    }
}
