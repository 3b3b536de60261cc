using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Listing;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>Puts listed recipients into a table, with as much of each as the settings allow.</summary>
internal sealed class CopyPacker(CopyKeys keys, SnapshotSettings settings, int expected = 0)
{
    private readonly RecipientTableBuilder _table = new(keys.TableIgnoresCase, expected: expected);

    public int Recipients => _table.Recipients;

    /// <summary>A recipient of a whole domain was among them.</summary>
    public bool HasDomains { get; private set; }

    /// <summary>Recipients whose attributes were too large to be kept.</summary>
    public int Curtailed { get; private set; }

    /// <exception cref="CopyFullException">There is no room for it.</exception>
    public void Add(ulong id, ListedRecipient listed)
    {
        _table.Begin(Details(id, listed.Recipient));
        Span<byte> buffer = stackalloc byte[AddressKey.MaxLength];
        foreach (var address in listed.Addresses)
            _table.TryAdd(keys.ToKeep(address, buffer));
        foreach (var domain in listed.Domains)
            HasDomains |= _table.TryAdd(keys.OfDomain(domain, buffer));
        if (!_table.TryEnd())
            throw new CopyFullException();
    }

    /// <exception cref="CopyFullException">There is no room for it.</exception>
    public void Add(PackedRecipient recipient)
    {
        if (!_table.TryAdd(recipient))
            throw new CopyFullException();
    }

    /// <summary>True when the same recipient has come before.</summary>
    public bool Has(ulong id, ListedRecipient listed)
    {
        Span<byte> buffer = stackalloc byte[AddressKey.MaxLength];
        var key = listed.Addresses.IsEmpty
            ? listed.Domains.IsEmpty ? default : keys.OfDomain(listed.Domains[0], buffer)
            : keys.ToKeep(listed.Addresses[0], buffer);
        foreach (var found in _table.Find(key))
        {
            if (found.Id == id)
                return true;
        }

        return false;
    }

    public RecipientTable Build() => _table.Build();

    private RecipientDetails Details(ulong id, Recipient recipient)
    {
        var (attributes, isWhole) = keys.IsHashed ? ([], false) : Attributes(recipient);
        return new RecipientDetails
        {
            Id = id,
            Kind = recipient.Kind,
            Disabled = recipient.Disabled,
            AuthenticatedSendersOnly = recipient.AuthenticatedSendersOnly,
            IsPartial = !isWhole || recipient.IsPartial,
            PrimaryAddress = keys.IsHashed ? null : recipient.PrimaryAddress,
            Attributes = attributes,
        };
    }

    private (ImmutableArray<(int, string)> Values, bool IsWhole) Attributes(Recipient recipient)
    {
        if (recipient.Attributes.IsEmpty)
            return ([], true);
        var values = ImmutableArray.CreateBuilder<(int, string)>();
        var octets = 0;
        for (var i = 0; i < settings.PublishedAttributes.Length; i++)
        {
            if (!recipient.Attributes.TryGetValue(settings.PublishedAttributes[i], out var held))
                continue;
            foreach (var value in held)
            {
                octets += Encoding.UTF8.GetByteCount(value);
                values.Add((i, value));
            }
        }

        if (octets <= settings.MaxAttributes)
            return (values.ToImmutable(), true);
        Curtailed++;
        return ([], false);
    }
}
