namespace LookupProxy.Core.Packing;

/// <summary>All recipients of a table, for foreach.</summary>
public readonly struct RecipientWalk : IDisposable
{
    private readonly PageHeap _heap;
    private readonly IEnumerator<uint> _locations;

    internal RecipientWalk(PageHeap heap)
    {
        _heap = heap;
        _locations = heap.Locations().GetEnumerator();
    }

    public PackedRecipient Current => new(_heap[_locations.Current]);

    public RecipientWalk GetEnumerator() => this;

    public bool MoveNext() => _locations.MoveNext();

    public void Dispose() => _locations.Dispose();
}
