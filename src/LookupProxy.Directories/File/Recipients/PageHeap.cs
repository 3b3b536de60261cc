using System.Buffers.Binary;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>Octet strings packed into large pages: millions of them cost the garbage collector nothing.</summary>
internal sealed class PageHeap
{
    private const int OffsetBits = 20;
    private const int PageSize = 1 << OffsetBits;
    private const int MaxPages = 1 << (32 - OffsetBits);

    private readonly List<byte[]> _pages = [];
    private int _used = PageSize;

    public long Octets { get; private set; }

    /// <returns>Where it lies; false when the heap is full (4 GiB).</returns>
    public bool TryAdd(ReadOnlySpan<byte> text, out uint location)
    {
        location = 0;
        var size = sizeof(int) + text.Length;
        if (_used + size > PageSize)
        {
            if (_pages.Count == MaxPages)
                return false;
            // What is larger than a page has one of its own.
            _pages.Add(new byte[Math.Max(PageSize, size)]);
            Octets += _pages[^1].Length;
            _used = 0;
        }

        location = ((uint)(_pages.Count - 1) << OffsetBits) | (uint)_used;
        var room = _pages[^1].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(room, text.Length);
        text.CopyTo(room[sizeof(int)..]);
        _used = Math.Min(_used + size, PageSize);
        return true;
    }

    public ReadOnlySpan<byte> this[uint location]
    {
        get
        {
            var text = _pages[(int)(location >> OffsetBits)].AsSpan((int)(location & (PageSize - 1)));
            return text.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(text));
        }
    }
}
