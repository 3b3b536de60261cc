namespace LookupProxy.Resolution.Caching;

/// <summary>Uniform numbers from a seed, for many threads at once without a lock (SplitMix64).</summary>
internal sealed class Chance(long seed)
{
    private long _state = seed;

    /// <summary>From 0 up to, not including, 1.</summary>
    public double Next()
    {
        var z = (ulong)Interlocked.Add(ref _state, unchecked((long)0x9E3779B97F4A7C15UL));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        z ^= z >> 31;
        return (z >> 11) * (1.0 / (1UL << 53));
    }
}
