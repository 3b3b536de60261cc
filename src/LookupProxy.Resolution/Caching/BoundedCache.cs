using Microsoft.Extensions.Caching.Memory;

namespace LookupProxy.Resolution.Caching;

/// <summary>
/// A memory cache that holds no more than about its limit and keeps learning when full. MemoryCache's own SizeLimit is not used: past it new entries
/// are refused, and the one they replace is thrown out too, until a compaction in the background has run. Here the least recently used are removed
/// before the limit is reached.
/// </summary>
internal sealed class BoundedCache : IDisposable
{
    private const double ShareToRemove = 1.0 / 8;

    private readonly MemoryCache _cache;
    private readonly int _limit;
    private readonly int _compactAt;
    private readonly int _countEvery;
    private int _sets;
    private int _compacting;
    private volatile bool _full;
    private long _evicted;
    private long _dropped;

    public BoundedCache(int limit, SheetClock clock)
    {
        _limit = Math.Max(limit, 1);
        _compactAt = Math.Max(_limit - (_limit / 16), 1);
        // Counting takes all of the dictionary's locks, so it is not done at every entry.
        _countEvery = Math.Clamp(_limit / 64, 1, 1024);
        _cache = new MemoryCache(new MemoryCacheOptions { Clock = clock });
    }

    public int Count => _cache.Count;

    /// <summary>Removed to make room; a little less than the truth when entries came in meanwhile.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Not learnt because entries came faster than room could be made.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public bool IsCompacting => Volatile.Read(ref _compacting) != 0;

    public AnswerSheet? Find(ReadOnlySpan<char> key) => _cache.TryGetValue(key, out var value) ? (AnswerSheet?)value : null;

    public void Set(AnswerSheet sheet, long until)
    {
        if (_full && Find(sheet.Key) is null)
        {
            Interlocked.Increment(ref _dropped);
        }
        else
        {
            using var entry = _cache.CreateEntry(sheet.Key);
            entry.Value = sheet;
            entry.AbsoluteExpiration = SheetClock.ToDate(until);
        }

        if (Interlocked.Increment(ref _sets) % _countEvery == 0)
            Measure();
    }

    /// <summary>For tidying only: it copies them all.</summary>
    public IEnumerable<string> Keys => _cache.Keys.Cast<string>();

    public void Remove(string key) => _cache.Remove(key);

    public void Clear() => _cache.Clear();

    public void Dispose() => _cache.Dispose();

    private void Measure()
    {
        var count = _cache.Count;
        _full = count >= _limit;
        if (count >= _compactAt && Interlocked.CompareExchange(ref _compacting, 1, 0) == 0)
            _ = CompactAsync();
    }

    private async Task CompactAsync()
    {
        // Off the path of the answer: it sorts all entries by their last use.
        await Task.Yield();
        try
        {
            var before = _cache.Count;
            // At least one entry, however small the cache.
            _cache.Compact(Math.Max(ShareToRemove, 1.0 / Math.Max(before, 1)));
            Interlocked.Add(ref _evicted, Math.Max(before - _cache.Count, 0));
        }
        catch (ObjectDisposedException)
        {
            // The resolver was closed meanwhile.
        }
        finally
        {
            _full = false;
            Volatile.Write(ref _compacting, 0);
        }
    }
}
