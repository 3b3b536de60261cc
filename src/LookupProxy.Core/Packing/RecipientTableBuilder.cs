namespace LookupProxy.Core.Packing;

/// <summary>Gathers recipients; one thread at a time. What it has taken cannot be taken back: after a failure it is thrown away whole.</summary>
/// <param name="ignoreCase">Addresses of ASCII are the same without regard to case. Others are to be given as <see cref="AddressKey.Of"/> makes them.</param>
/// <param name="distinct">An address belongs to the first recipient that has it; else to each.</param>
/// <param name="expected">Number of addresses, when it is known.</param>
public sealed class RecipientTableBuilder(bool ignoreCase, bool distinct = false, int expected = 0)
{
    private readonly RecipientPacker _packer = new(ignoreCase);
    private readonly PageHeap _heap = new();
    private SlotIndex _index = new(expected);

    public int Recipients { get; private set; }

    /// <summary>Without those of the recipient that has begun.</summary>
    public int Addresses => _index.Count;

    public void Begin(RecipientDetails details) => _packer.Begin(details);

    /// <summary>One of its addresses.</summary>
    /// <returns>False when the key is longer than any may be; nothing has happened.</returns>
    public bool TryAdd(ReadOnlySpan<byte> key)
    {
        if (key.Length is 0 or > AddressKey.MaxLength)
            return false;
        if (!_packer.Has(key) && !(distinct && Contains(key)))
            _packer.Add(key);
        return true;
    }

    /// <summary>Without an address there was no recipient.</summary>
    /// <returns>False when there is no room for it (4 GiB).</returns>
    public bool TryEnd() => TryAddPacked(_packer.End());

    /// <summary>A recipient of another table of the same kind.</summary>
    /// <returns>False when there is no room for it (4 GiB).</returns>
    public bool TryAdd(PackedRecipient recipient) => TryAddPacked(recipient.Octets);

    /// <summary>Among those that were ended.</summary>
    public RecipientMatches Find(ReadOnlySpan<byte> key) => new(_heap, _index, ignoreCase, key);

    /// <summary>The builder is of no use afterwards.</summary>
    public RecipientTable Build() => new(_heap, _index, Recipients, ignoreCase);

    private bool TryAddPacked(ReadOnlySpan<byte> recipient)
    {
        if (recipient.IsEmpty)
            return true;
        if (!_heap.TryAdd(recipient, out var location))
            return false;
        Recipients++;
        foreach (var address in new PackedRecipient(recipient).Addresses)
        {
            if (_index.Count == _index.Capacity)
            {
                // Which takes in this recipient's addresses too.
                Grow(location);
                return true;
            }

            _index.Add(RecipientMatches.HashOf(address, ignoreCase), location);
        }

        return true;
    }

    private bool Contains(ReadOnlySpan<byte> key) => Find(key).MoveNext();

    private void Grow(uint last)
    {
        var capacity = checked(_index.Capacity * 2L);
        while (true)
        {
            var index = new SlotIndex((int)Math.Min(capacity, int.MaxValue));
            if (Fill(index))
            {
                _index = index;
                return;
            }

            capacity *= 2;
        }
    }

    private bool Fill(SlotIndex index)
    {
        foreach (var location in _heap.Locations())
        {
            foreach (var address in new PackedRecipient(_heap[location]).Addresses)
            {
                if (index.Count == index.Capacity)
                    return false;
                index.Add(RecipientMatches.HashOf(address, ignoreCase), location);
            }
        }

        return true;
    }
}
