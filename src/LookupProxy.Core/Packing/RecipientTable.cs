namespace LookupProxy.Core.Packing;

/// <summary>
/// Recipients by their addresses, for millions of them: 52 octets for one with an address of 34 letters, where a dictionary of strings takes five times as much.
/// Immutable; made by a <see cref="RecipientTableBuilder"/>.
/// </summary>
public sealed class RecipientTable
{
    private readonly PageHeap _heap;
    private readonly SlotIndex _index;

    internal RecipientTable(PageHeap heap, SlotIndex index, int recipients, bool ignoreCase)
    {
        _heap = heap;
        _index = index;
        Recipients = recipients;
        IgnoresCase = ignoreCase;
    }

    public static RecipientTable Empty { get; } = new RecipientTableBuilder(ignoreCase: true).Build();

    public int Recipients { get; }

    public int Addresses => _index.Count;

    public bool IgnoresCase { get; }

    /// <summary>Of memory.</summary>
    public long Octets => _heap.Octets + _index.Octets;

    /// <param name="key">See <see cref="AddressKey"/>.</param>
    public RecipientMatches Find(ReadOnlySpan<byte> key) => new(_heap, _index, IgnoresCase, key);

    public bool Contains(ReadOnlySpan<byte> key) => Find(key).MoveNext();

    /// <summary>All, in the order in which they were added.</summary>
    public RecipientWalk Walk() => new(_heap);

    /// <summary>How many of this table's addresses the other has not.</summary>
    public int CountAddressesMissingFrom(RecipientTable other)
    {
        var missing = 0;
        foreach (var recipient in Walk())
        {
            foreach (var address in recipient.Addresses)
            {
                if (!other.Contains(address))
                    missing++;
            }
        }

        return missing;
    }
}
