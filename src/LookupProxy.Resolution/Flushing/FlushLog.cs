using System.Collections.Immutable;

namespace LookupProxy.Resolution.Flushing;

/// <summary>
/// The last flushes. A sheet that somebody picked up before a flush must not be put back after it, and a store that could not forget in time must not bring
/// it back: what was given before the flush is not taken.
/// </summary>
internal sealed class FlushLog
{
    /// <summary>Older ones are let go: by then no question of their time is under way, and the store has forgotten.</summary>
    private const int Limit = 256;

    private ImmutableArray<FlushMark> _marks = [];

    public void Add(FlushMark mark) =>
        ImmutableInterlocked.Update(ref _marks, static (marks, mark) => [.. marks.Length < Limit ? marks : marks.RemoveAt(0), mark], mark);

    /// <summary>When the sheet of that key was flushed last; the beginning of time when it never was.</summary>
    public long LastOf(string key)
    {
        var marks = _marks;
        for (var i = marks.Length - 1; i >= 0; i--)
        {
            if (marks[i].Covers(key))
                return marks[i].At;
        }

        return long.MinValue;
    }
}
