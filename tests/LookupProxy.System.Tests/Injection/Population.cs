using System.Globalization;

namespace LookupProxy.SystemTests.Injection;

/// <summary>The addresses of each directory, and which of them a node has accepted before.</summary>
internal sealed class Population
{
    /// <summary>Those of each directory whom every node is asked for before anything happens. The rest are kept back for the faults.</summary>
    public const int Early = 150;

    /// <summary>More than are asked for within the time that an absence is fresh.</summary>
    public const int Nobodies = 3000;

    /// <summary>What a node that is killed had no time to write down is not held against it.</summary>
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;

    /// <summary>By node, directory and number.</summary>
    private readonly long[][][] _seenAt;

    /// <param name="sizeOf">Of each directory.</param>
    public Population(Func<Holder, int> sizeOf, int nodes, TimeProvider time)
    {
        _time = time;
        _seenAt = [.. Enumerable.Range(0, nodes).Select(_ => Directories.Select(holder => new long[sizeOf(holder)]).ToArray())];
    }

    public static IReadOnlyList<Holder> Directories { get; } = [Holder.Contoso, Holder.Fabrikam, Holder.Tailspin];

    public IEnumerable<string> AddressesOf(Holder holder) => Enumerable.Range(0, _seenAt[0][(int)holder].Length).Select(number => Address(holder, number));

    public static string Address(Holder holder, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{holder.ToString().ToLowerInvariant()}.{number}@corp.example");

    public bool IsSeen(int node, Holder holder, int number) =>
        holder != Holder.Nobody && Volatile.Read(ref _seenAt[node][(int)holder][number]) is var at && at != 0 && _time.GetElapsedTime(at) > WrittenWithin;

    /// <summary>No node has accepted it.</summary>
    public bool IsNew(Holder holder, int number) =>
        holder != Holder.Nobody && Array.TrueForAll(_seenAt, seen => Volatile.Read(ref seen[(int)holder][number]) == 0);

    public void Saw(int node, Holder holder, int number)
    {
        if (holder != Holder.Nobody)
            Interlocked.CompareExchange(ref _seenAt[node][(int)holder][number], _time.GetTimestamp(), 0);
    }
}
