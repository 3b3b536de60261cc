using System.Collections.Concurrent;

namespace LookupProxy.Storage.Redis;

/// <summary>The flushes of whole domains that this node has heard of. A sheet that was written by a node that had not heard of its domain's flush counts for nothing.</summary>
internal sealed class FlushMarks
{
    /// <summary>Instead of a domain.</summary>
    public const string All = "*";

    private readonly ConcurrentDictionary<string, long> _marks = new(StringComparer.Ordinal);
    private long _all;
    private long _heard;

    public void Add(string scope, long number)
    {
        if (scope == All)
            Raise(ref _all, number);
        else
            _marks.AddOrUpdate(scope, static (_, number) => number, static (_, known, number) => Math.Max(known, number), number);
    }

    /// <summary>All news up to this number.</summary>
    public void Hear(long number) => Raise(ref _heard, number);

    /// <summary>What a sheet of the domain carries that is written now.</summary>
    public long StampOf(string domain) => Math.Max(Interlocked.Read(ref _heard), LastOf(domain));

    /// <summary>Whether a sheet that carries this number was written before a flush.</summary>
    public bool Cover(string domain, long stamp) => stamp < LastOf(domain);

    private long LastOf(string domain)
    {
        var all = Interlocked.Read(ref _all);
        return !_marks.IsEmpty && _marks.TryGetValue(domain, out var mark) ? Math.Max(mark, all) : all;
    }

    private static void Raise(ref long place, long number)
    {
        long known;
        while ((known = Interlocked.Read(ref place)) < number && Interlocked.CompareExchange(ref place, number, known) != known)
        {
        }
    }
}
