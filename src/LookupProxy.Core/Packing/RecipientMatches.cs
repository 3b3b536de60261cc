using System.Buffers;
using System.Text;

namespace LookupProxy.Core.Packing;

/// <summary>The recipients of one address, for foreach: nearly always one or none. Of several the order is not said, and one may come twice.</summary>
public ref struct RecipientMatches
{
    private readonly PageHeap _heap;
    private readonly SlotIndex _index;
    private readonly bool _ignoreCase;
    private readonly ReadOnlySpan<byte> _key;
    private readonly uint _hash;
    private ReadOnlySpan<byte> _current;
    private int _slot;

    internal RecipientMatches(PageHeap heap, SlotIndex index, bool ignoreCase, ReadOnlySpan<byte> key)
    {
        _heap = heap;
        _index = index;
        _ignoreCase = ignoreCase;
        _key = key;
        _hash = HashOf(key, ignoreCase);
        _slot = -1;
    }

    public readonly PackedRecipient Current => new(_current);

    public readonly RecipientMatches GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_index.Next(_hash, ref _slot) is not 0 and var location)
        {
            _current = _heap[location];
            foreach (var address in Current.Addresses)
            {
                if (AreSame(address, _key, _ignoreCase))
                    return true;
            }
        }

        return false;
    }

    internal static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, bool ignoreCase) =>
        one.SequenceEqual(other) || (ignoreCase && Ascii.EqualsIgnoreCase(one, other));

    internal static uint HashOf(ReadOnlySpan<byte> key, bool ignoreCase)
    {
        var hash = default(HashCode);
        Span<byte> folded = stackalloc byte[AddressKey.MaxLength];
        // What is not ASCII is in lower case already.
        if (ignoreCase && Ascii.ToLower(key, folded, out var length) == OperationStatus.Done)
            hash.AddBytes(folded[..length]);
        else
            hash.AddBytes(key);
        return (uint)hash.ToHashCode();
    }
}
