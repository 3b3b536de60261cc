using LookupProxy.Core.Packing;

namespace LookupProxy.Core.Tests.Packing;

public sealed class PageHeapTests
{
    [Fact]
    public void Items_of_every_length_come_back_singly_and_in_their_order()
    {
        var heap = new PageHeap();
        int[] lengths = [10, 1 << 20, 3_000_000, (1 << 20) - 4, 1, 7, 127, 128, 16_383, 16_384, 1 << 19, 1 << 19, 5];
        var items = lengths.Select(static (length, i) => Enumerable.Repeat((byte)i, length).ToArray()).ToArray();
        var places = items.Select(item => heap.TryAdd(item, out var place) ? place : 0).ToArray();
        Assert.DoesNotContain(0u, places);
        for (var i = 0; i < items.Length; i++)
            Assert.True(heap[places[i]].SequenceEqual(items[i]));
        Assert.Equal(places, heap.Locations());
    }

    [Fact]
    public void Pages_filled_to_the_last_octet_end_there()
    {
        var heap = new PageHeap();
        // 4 octets with their length; the first page has one octet less.
        var places = Enumerable.Range(0, 1_000_000).Select(_ => heap.TryAdd([1, 2, 3], out var place) ? place : 0).ToArray();
        Assert.Equal(places, heap.Locations());
    }

    [Fact]
    public void An_empty_heap_has_no_items() => Assert.Empty(new PageHeap().Locations());
}
