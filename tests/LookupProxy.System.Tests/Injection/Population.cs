using System.Globalization;

namespace LookupProxy.SystemTests.Injection;

/// <summary>
/// The addresses of each directory, and which of them a node has accepted before. Half of a directory's people are kept back at first, so that
/// there are always some whom no node has seen.
/// </summary>
internal sealed class Population
{
    /// <summary>More than are asked for within the time that an absence is fresh.</summary>
    private const int Nobodies = 3000;

    /// <summary>What a node that is killed had no time to write down is not held against it.</summary>
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromSeconds(1);

    private readonly int _size;
    private readonly TimeProvider _time;
    private readonly long[][,] _seenAt;

    /// <param name="size">Of each directory.</param>
    public Population(int size, int nodes, TimeProvider time)
    {
        _size = size;
        _time = time;
        _seenAt = [.. Enumerable.Range(0, nodes).Select(_ => new long[Directories.Count, size])];
    }

    public static IReadOnlyList<Holder> Directories { get; } = [Holder.Contoso, Holder.Fabrikam, Holder.Tailspin];

    /// <summary>Those that every node is asked for before anything happens.</summary>
    public int Early => _size / 2;

    public IEnumerable<string> AddressesOf(Holder holder) => Enumerable.Range(0, _size).Select(number => Address(holder, number));

    public static string Address(Holder holder, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{holder.ToString().ToLowerInvariant()}.{number}@corp.example");

    public bool IsSeen(int node, Holder holder, int number) =>
        holder != Holder.Nobody && Volatile.Read(ref _seenAt[node][(int)holder, number]) is var at && at != 0 && _time.GetElapsedTime(at) > WrittenWithin;

    public void Saw(int node, Holder holder, int number)
    {
        if (holder != Holder.Nobody)
            Interlocked.CompareExchange(ref _seenAt[node][(int)holder, number], _time.GetTimestamp(), 0);
    }

    public static int PickNobody(Random random) => random.Next(Nobodies);

    public int PickEarly(Random random) => random.Next(Early);

    /// <summary>One whom no node has accepted yet; when they are all used up, any.</summary>
    public int PickUnseen(Holder holder, Random random)
    {
        var from = random.Next(_size);
        for (var i = 0; i < _size; i++)
        {
            var number = (from + i) % _size;
            if (Array.TrueForAll(_seenAt, seen => Volatile.Read(ref seen[(int)holder, number]) == 0))
                return number;
        }

        return from;
    }

    public int CountUnseen(Holder holder) =>
        Enumerable.Range(0, _size).Count(number => Array.TrueForAll(_seenAt, seen => Volatile.Read(ref seen[(int)holder, number]) == 0));
}
