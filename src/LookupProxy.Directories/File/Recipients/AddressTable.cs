using System.Text;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>
/// Text to record, for millions of addresses: keys are UTF-8 in a <see cref="PageHeap"/>, chained in two arrays, about 50 octets an address
/// where a dictionary of strings takes three times as much. Written by one thread, then only read.
/// </summary>
internal sealed class AddressTable
{
    private const int None = -1;
    private const int MaxKey = 512;

    private readonly PageHeap _heap;
    private int[] _buckets;
    private Entry[] _entries;

    public AddressTable(PageHeap heap, int capacity = 64)
    {
        _heap = heap;
        _entries = new Entry[capacity];
        _buckets = new int[capacity];
        Array.Fill(_buckets, None);
    }

    public int Count { get; private set; }

    /// <summary>The first record of a key stays.</summary>
    /// <returns>False when there is no room for the key.</returns>
    public bool TryAdd(ReadOnlySpan<char> key, uint record)
    {
        var hash = string.GetHashCode(key, StringComparison.Ordinal);
        if (Find(key, hash) != None)
            return true;

        Span<byte> octets = stackalloc byte[MaxKey];
        if (!Encoding.UTF8.TryGetBytes(key, octets, out var length) || !_heap.TryAdd(octets[..length], out var location))
            return false;
        if (Count == _entries.Length)
            Grow();
        ref var bucket = ref BucketOf(hash);
        _entries[Count] = new Entry(location, record, hash, bucket);
        bucket = Count++;
        return true;
    }

    public bool TryFind(ReadOnlySpan<char> key, out uint record)
    {
        var found = Find(key, string.GetHashCode(key, StringComparison.Ordinal));
        record = found == None ? 0 : _entries[found].Record;
        return found != None;
    }

    /// <summary>How many of this table's keys the other has not.</summary>
    public int CountMissingFrom(AddressTable other)
    {
        var missing = 0;
        Span<char> key = stackalloc char[MaxKey];
        foreach (ref readonly var entry in _entries.AsSpan(0, Count))
        {
            var length = Encoding.UTF8.GetChars(_heap[entry.Key], key);
            if (other.Find(key[..length], entry.Hash) == None)
                missing++;
        }

        return missing;
    }

    private int Find(ReadOnlySpan<char> key, int hash)
    {
        for (var i = BucketOf(hash); i != None; i = _entries[i].Next)
        {
            if (_entries[i].Hash == hash && IsKey(_heap[_entries[i].Key], key))
                return i;
        }

        return None;
    }

    private static bool IsKey(ReadOnlySpan<byte> octets, ReadOnlySpan<char> key)
    {
        // Ascii.Equals is false for anything that is not ASCII.
        if (octets.Length == key.Length)
            return Ascii.Equals(octets, key);
        Span<char> text = stackalloc char[MaxKey];
        return octets.Length > key.Length && text[..Encoding.UTF8.GetChars(octets, text)].SequenceEqual(key);
    }

    private ref int BucketOf(int hash) => ref _buckets[(uint)hash % (uint)_buckets.Length];

    private void Grow()
    {
        Array.Resize(ref _entries, checked(_entries.Length * 2));
        _buckets = new int[_entries.Length];
        Array.Fill(_buckets, None);
        for (var i = 0; i < Count; i++)
        {
            ref var bucket = ref BucketOf(_entries[i].Hash);
            _entries[i] = _entries[i] with { Next = bucket };
            bucket = i;
        }
    }

    /// <param name="Key">Where in the heap.</param>
    /// <param name="Next">The next entry of the same bucket.</param>
    private readonly record struct Entry(uint Key, uint Record, int Hash, int Next);
}
