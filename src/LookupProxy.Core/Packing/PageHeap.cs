namespace LookupProxy.Core.Packing;

/// <summary>Octet strings packed into large pages: millions of them cost the garbage collector nothing. Written by one thread, then only read.</summary>
internal sealed class PageHeap
{
    private const int OffsetBits = 20;
    private const int PageSize = 1 << OffsetBits;
    private const int MaxPages = 1 << (32 - OffsetBits);

    private readonly List<byte[]> _pages = [];
    private int _used = PageSize;

    /// <summary>In whole pages.</summary>
    public long Octets { get; private set; }

    /// <param name="item">Not empty: a length of zero ends a page.</param>
    /// <param name="location">Where it lies; never 0.</param>
    /// <returns>False when the heap is full (4 GiB).</returns>
    public bool TryAdd(ReadOnlySpan<byte> item, out uint location)
    {
        ArgumentOutOfRangeException.ThrowIfZero(item.Length, nameof(item));
        location = 0;
        var size = Number.SizeOf(item.Length) + item.Length;
        if (_used + size > PageSize)
        {
            if (_pages.Count == MaxPages)
                return false;
            // What is larger than a page has one of its own. Location 0 is left free, so that it can mean "none".
            _used = _pages.Count == 0 ? 1 : 0;
            _pages.Add(new byte[Math.Max(PageSize, _used + size)]);
            Octets += _pages[^1].Length;
        }

        location = ((uint)(_pages.Count - 1) << OffsetBits) | (uint)_used;
        var room = _pages[^1].AsSpan(_used);
        item.CopyTo(room[Number.Write(room, item.Length)..]);
        _used = Math.Min(_used + size, PageSize);
        return true;
    }

    public ReadOnlySpan<byte> this[uint location]
    {
        get
        {
            ReadOnlySpan<byte> from = _pages[(int)(location >> OffsetBits)].AsSpan((int)(location & (PageSize - 1)));
            return Number.ReadOctets(ref from);
        }
    }

    /// <summary>Where the items lie, in the order in which they were added.</summary>
    public IEnumerable<uint> Locations()
    {
        for (var page = 0; page < _pages.Count; page++)
        {
            var offset = page == 0 ? 1 : 0;
            while (offset < PageSize && _pages[page][offset] != 0)
            {
                var location = ((uint)page << OffsetBits) | (uint)offset;
                var length = this[location].Length;
                offset += Number.SizeOf(length) + length;
                yield return location;
            }
        }
    }
}
