using System.Diagnostics.CodeAnalysis;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>All the recipients of one state of a file. Immutable.</summary>
internal sealed class RecipientSet(AddressTable addresses, PageHeap heap, RecordCodec codec, bool caseSensitive, bool hasCatchAll)
{
    // Without texts two records of the same octets are the same, so most files need only a few objects.
    private readonly Recipient?[] _plain = new Recipient?[256];

    public int Count => addresses.Count;

    /// <summary>Octets of the texts, in whole pages.</summary>
    public long HeapOctets => heap.Octets;

    /// <summary>Values that are no address, which were passed over.</summary>
    public int Skipped { get; init; }

    /// <summary>The first of them: line and value.</summary>
    public string? FirstSkipped { get; init; }

    public bool TryFind(Address address, [NotNullWhen(true)] out Recipient? recipient)
    {
        var key = AddressKey.Of(address, caseSensitive);
        var found = addresses.TryFind(key, out var record)
            || (hasCatchAll && addresses.TryFind(address.Text.AsSpan(address.LocalPart.Length), out record));
        recipient = found ? Read(heap[record]) : null;
        return found;
    }

    public bool Contains(Address address) => TryFind(address, out _);

    /// <summary>How many of this set's addresses the other has not.</summary>
    public int CountMissingFrom(RecipientSet other) => addresses.CountMissingFrom(other.Addresses);

    private AddressTable Addresses => addresses;

    private Recipient Read(ReadOnlySpan<byte> record)
    {
        if (record.Length > 2)
            return codec.Read(record);
        ref var plain = ref _plain[record[0] | (record[1] << 4)];
        return plain ??= codec.Read(record);
    }
}
