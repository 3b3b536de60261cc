using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.File.Recipients;

/// <summary>All the recipients of one state of a file. Immutable.</summary>
internal sealed class RecipientSet(RecipientTable table, FileDirectoryOptions options, bool hasCatchAll)
{
    private readonly ImmutableArray<string?> _attributes = [.. options.PublishedAttributes];

    // Most files need only a few objects.
    private readonly Recipient?[] _plain = new Recipient?[256];

    public int Count => table.Addresses;

    public int Recipients => table.Recipients;

    /// <summary>Of memory.</summary>
    public long Octets => table.Octets;

    /// <summary>Values that are no address, which were passed over.</summary>
    public int Skipped { get; init; }

    /// <summary>The first of them: line and value.</summary>
    public string? FirstSkipped { get; init; }

    public bool TryFind(Address address, [NotNullWhen(true)] out Recipient? recipient)
    {
        var key = AddressKey.Octets(AddressKey.Of(address, options.CaseSensitive), stackalloc byte[AddressKey.MaxLength]);
        if (!TryFind(key, out recipient) && hasCatchAll)
            TryFind(key[key.LastIndexOf((byte)'@')..], out recipient);
        return recipient is not null;
    }

    public bool Contains(Address address) => TryFind(address, out _);

    public IEnumerable<ListedRecipient> All()
    {
        foreach (var packed in table.Walk())
        {
            if (List(packed) is { } recipient)
                yield return recipient;
        }
    }

    /// <summary>How many of this set's addresses the other has not.</summary>
    public int CountMissingFrom(RecipientSet other) => table.CountAddressesMissingFrom(other.Table);

    private RecipientTable Table => table;

    /// <summary>A file gives no ids; the first address has to do.</summary>
    private ListedRecipient? List(PackedRecipient packed)
    {
        string? id = null;
        var addresses = ImmutableArray.CreateBuilder<Address>(1);
        ImmutableArray<string> domains = [];
        foreach (var key in packed.Addresses)
        {
            id ??= Encoding.UTF8.GetString(key);
            if (key[0] == '@')
                domains = domains.Add(Encoding.ASCII.GetString(key[1..]));
            else if (AddressParser.TryParse(key, AddressSyntax.Unquoted, out var address) == AddressFault.None)
                addresses.Add(address!);
        }

        return id is null ? null : new ListedRecipient(id, addresses.DrainToImmutable(), Read(packed)) { Domains = domains };
    }

    private bool TryFind(ReadOnlySpan<byte> key, [NotNullWhen(true)] out Recipient? recipient)
    {
        recipient = null;
        foreach (var found in table.Find(key))
        {
            recipient = Read(found);
            break;
        }

        return recipient is not null;
    }

    private Recipient Read(PackedRecipient found)
    {
        if (found.PlainForm is not { } form)
            return found.Read(options.Name, _attributes);
        ref var plain = ref _plain[form];
        return plain ??= found.Read(options.Name, _attributes);
    }
}
