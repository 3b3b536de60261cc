namespace LookupProxy.Benchmarks.LdapClient;

/// <summary>Hands out addresses to search and counts what came back.</summary>
internal sealed class SearchTally(int entries)
{
    /// <summary>Coprime to any likely number of entries: all are visited, in no order.</summary>
    private const int Stride = 7919;

    private int _next;
    private long _done;

    public long Done => Interlocked.Read(ref _done);

    public string NextAddress() => $"u{(uint)(Interlocked.Increment(ref _next) * Stride) % (uint)entries:000000}@bench.example";

    public void Count(int found)
    {
        if (found != 1)
            throw new InvalidOperationException($"{found} entries instead of one");
        Interlocked.Increment(ref _done);
    }
}
