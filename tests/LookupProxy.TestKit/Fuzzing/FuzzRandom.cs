namespace LookupProxy.TestKit.Fuzzing;

/// <summary>SplitMix64: the same numbers for the same seed in every version of the runtime, and cheap to seed for each mutation.</summary>
internal struct FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to below <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)((Next() >> 32) * (uint)limit >> 32);

    public bool OneIn(int n) => Below(n) == 0;

    public byte Octet() => (byte)Next();

    public T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];
}
