using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace LookupProxy.Resolution.Flushing;

/// <summary>
/// The last flushes. A sheet that somebody picked up before a flush must not be put back after it, and a store that could not forget in time must not bring
/// it back: what was given before the flush is not taken. A local copy that goes before its directory is read anew only after hours, perhaps.
/// </summary>
/// <param name="keyLimit">Of keys.</param>
internal sealed class FlushLog(int keyLimit = FlushLog.UsualKeyLimit)
{
    /// <summary>Of domains and of all; older ones are let go. By then no question of their time is under way, and the store has forgotten.</summary>
    private const int Limit = 256;

    /// <summary>An administrator may have a script that flushes whoever leaves.</summary>
    private const int UsualKeyLimit = 100_000;

    private readonly Lock _letting = new();
    private readonly ConcurrentDictionary<string, long> _keys = new(StringComparer.Ordinal);
    private ImmutableArray<FlushMark> _marks = [];
    private volatile bool _hasKeys;

    public void Add(FlushMark mark)
    {
        if (mark.Keys is null)
        {
            ImmutableInterlocked.Update(ref _marks, static (marks, mark) => [.. marks.Length < Limit ? marks : marks.RemoveAt(0), mark], mark);
            return;
        }

        foreach (var key in mark.Keys)
            _keys[key] = mark.At;
        _hasKeys = true;
        if (_keys.Count > keyLimit)
            LetGo();
    }

    /// <summary>When the sheet of that key was flushed last; the beginning of time when it never was.</summary>
    public long LastOf(string key)
    {
        var last = _hasKeys && _keys.TryGetValue(key, out var at) ? at : long.MinValue;
        var marks = _marks;
        for (var i = marks.Length - 1; i >= 0; i--)
        {
            if (marks[i].Covers(key))
                return Math.Max(last, marks[i].At);
        }

        return last;
    }

    /// <summary>All but the newest half, one at a time. Others flush meanwhile: only the dictionary's own copy of itself bears that.</summary>
    private void LetGo()
    {
        lock (_letting)
        {
            var all = _keys.ToArray();
            if (all.Length <= keyLimit)
                return;
            foreach (var old in all.OrderBy(static flushed => flushed.Value).Take(all.Length - (keyLimit / 2)))
                _keys.TryRemove(old);
        }
    }
}
