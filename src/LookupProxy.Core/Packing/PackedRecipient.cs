using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Packing;

/// <summary>
/// One recipient as octets: kind, flags, identity, addresses each with its length before it (<see cref="Number"/>) up to a length of zero;
/// then with their lengths the primary address, the distinguished name, and pairs of attribute number and value.
/// </summary>
public readonly ref struct PackedRecipient
{
    private readonly ReadOnlySpan<byte> _octets;

    /// <param name="octets">As <see cref="Octets"/> gave them; of others it may throw anything when it is read.</param>
    public PackedRecipient(ReadOnlySpan<byte> octets) => _octets = octets;

    /// <summary>As they are: good for another table of the same kind.</summary>
    public ReadOnlySpan<byte> Octets => _octets;

    /// <summary>Zero when it has none.</summary>
    public ulong Id => Flags.HasFlag(PackedFlags.Id) ? BinaryPrimitives.ReadUInt64LittleEndian(_octets[2..]) : 0;

    public PackedAddresses Addresses => new(_octets[AddressesAt..]);

    /// <summary>Equal numbers mean equal recipients; null when it has texts of its own.</summary>
    public int? PlainForm => (Flags & ~(PackedFlags.Disabled | PackedFlags.Authenticated)) == PackedFlags.None && AfterAddresses(out _).IsEmpty ? _octets[0] | (_octets[1] << 4) : null;

    private PackedFlags Flags => (PackedFlags)_octets[1];

    private int AddressesAt => Flags.HasFlag(PackedFlags.Id) ? 2 + sizeof(ulong) : 2;

    /// <param name="attributes">Names by number; what has no name (null, or a number beyond) is left out.</param>
    public Recipient Read(string directory, ImmutableArray<string?> attributes)
    {
        var rest = AfterAddresses(out var first);
        return new Recipient
        {
            Directory = directory,
            Kind = (RecipientKind)_octets[0],
            Disabled = Flags.HasFlag(PackedFlags.Disabled),
            AuthenticatedSendersOnly = Flags.HasFlag(PackedFlags.Authenticated),
            IsPartial = Flags.HasFlag(PackedFlags.Partial),
            PrimaryAddress = Flags.HasFlag(PackedFlags.PrimaryFirst) ? Encoding.UTF8.GetString(first) : Flags.HasFlag(PackedFlags.Primary) ? ReadText(ref rest) : null,
            DistinguishedName = Flags.HasFlag(PackedFlags.Name) ? ReadText(ref rest) : null,
            Attributes = ReadAttributes(rest, attributes),
        };
    }

    private ReadOnlySpan<byte> AfterAddresses(out ReadOnlySpan<byte> first)
    {
        var rest = _octets[AddressesAt..];
        first = default;
        while (true)
        {
            var address = Number.ReadOctets(ref rest);
            if (address.IsEmpty)
                return rest;
            if (first.IsEmpty)
                first = address;
        }
    }

    private static AttributeDictionary ReadAttributes(ReadOnlySpan<byte> from, ImmutableArray<string?> names)
    {
        if (from.IsEmpty)
            return AttributeDictionary.Empty;
        var values = new Dictionary<string, ImmutableArray<string>>(StringComparer.OrdinalIgnoreCase);
        while (!from.IsEmpty)
        {
            var number = Number.Read(ref from);
            var value = ReadText(ref from);
            if (number < names.Length && names[number] is { } name)
                values[name] = values.TryGetValue(name, out var before) ? before.Add(value) : [value];
        }

        return AttributeDictionary.Of(values);
    }

    private static string ReadText(ref ReadOnlySpan<byte> from) => Encoding.UTF8.GetString(Number.ReadOctets(ref from));
}
