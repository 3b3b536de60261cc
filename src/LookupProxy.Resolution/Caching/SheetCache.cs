using LookupProxy.Resolution.Flushing;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Caching;

/// <summary>
/// The sheets in memory. A sheet on which some directory says Exists, also long ago, lives apart from those that only hold Absents:
/// a directory harvest attack fills the second cache and leaves the first alone.
/// </summary>
internal sealed class SheetCache(CacheSettings settings, Lifetimes lifetimes, SheetClock clock) : IDisposable
{
    public BoundedCache Exists { get; } = new(settings.MaxExists, clock);

    public BoundedCache Absent { get; } = new(settings.MaxAbsent, clock);

    public AnswerSheet? Find(ReadOnlySpan<char> key) => Exists.Find(key) ?? Absent.Find(key);

    public void Keep(AnswerSheet sheet)
    {
        var (home, other) = sheet.HasExists ? (Exists, Absent) : (Absent, Exists);
        var until = sheet.UsefulUntil(lifetimes.StaleFor);
        if (until > clock.Now)
            home.Set(sheet, until);
        else
            home.Remove(sheet.Key);
        other.Remove(sheet.Key);
    }

    /// <summary>Returns how many there were.</summary>
    public int Forget(FlushMark mark) => Forget(Exists, mark) + Forget(Absent, mark);

    public void Dispose()
    {
        Exists.Dispose();
        Absent.Dispose();
    }

    private static int Forget(BoundedCache cache, FlushMark mark)
    {
        if (mark.IsOfAll)
        {
            var all = cache.Count;
            cache.Clear();
            return all;
        }

        var count = 0;
        foreach (var key in (mark.Keys ?? cache.Keys.Where(mark.Covers)).Where(key => cache.Find(key) is not null))
        {
            cache.Remove(key);
            count++;
        }

        return count;
    }
}
