using LookupProxy.Directories.File.Recipients;

namespace LookupProxy.Directories.Tests.File.Recipients;

public sealed class AddressTableTests
{
    [Fact]
    public void Every_key_is_found_with_its_record_and_no_other()
    {
        var table = new AddressTable(new PageHeap(), capacity: 1);
        for (var i = 0; i < 100_000; i++)
            Assert.True(table.TryAdd(Key(i), (uint)i));
        Assert.Equal(100_000, table.Count);
        for (var i = 0; i < 100_000; i++)
        {
            Assert.True(table.TryFind(Key(i), out var record));
            Assert.Equal((uint)i, record);
            Assert.False(table.TryFind(Key(i) + "x", out _));
        }
    }

    [Fact]
    public void The_first_record_of_a_key_stays()
    {
        var table = new AddressTable(new PageHeap());
        table.TryAdd("anna", 1);
        table.TryAdd("anna", 2);
        Assert.Equal(1, table.Count);
        Assert.True(table.TryFind("anna", out var record));
        Assert.Equal(1u, record);
    }

    [Fact]
    public void Missing_keys_are_counted()
    {
        var one = new AddressTable(new PageHeap());
        var other = new AddressTable(new PageHeap());
        foreach (var i in Enumerable.Range(0, 10))
            one.TryAdd(Key(i), 0);
        foreach (var i in Enumerable.Range(3, 10))
            other.TryAdd(Key(i), 0);
        Assert.Equal(3, one.CountMissingFrom(other));
        Assert.Equal(3, other.CountMissingFrom(one));
        Assert.Equal(0, one.CountMissingFrom(one));
    }

    [Fact]
    public void Long_texts_have_pages_of_their_own()
    {
        var heap = new PageHeap();
        var texts = new[] { 10, 1 << 20, 3_000_000, (1 << 20) - 4, 0, 7 }.Select((length, i) => Enumerable.Repeat((byte)i, length).ToArray()).ToArray();
        var places = texts.Select(text => heap.TryAdd(text, out var place) ? place : uint.MaxValue).ToArray();
        for (var i = 0; i < texts.Length; i++)
            Assert.True(heap[places[i]].SequenceEqual(texts[i]));
    }

    /// <summary>Every third one is not ASCII, one of those not of the basic plane.</summary>
    private static string Key(int i) => (i % 3) switch
    {
        0 => $"user{i}@corp.example",
        1 => $"b\u00FCro{i}@corp.example",
        _ => $"\U0001F4A9{i}@corp.example",
    };
}
