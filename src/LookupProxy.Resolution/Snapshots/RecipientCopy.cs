using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>
/// All recipients of a directory at one time: what a reading of all told, and above it what has changed since, so that a few changes among millions cost little.
/// Immutable: a reading makes a new one.
/// </summary>
/// <param name="all">Of the last reading of all.</param>
/// <param name="changed">New since then, or other than then.</param>
/// <param name="replaced">Ids in <paramref name="all"/> that count no more. Never changed.</param>
/// <param name="attributes">Names by number; null for what may not be published any more.</param>
/// <param name="hasDomains">There are recipients of whole domains.</param>
internal sealed class RecipientCopy(
    CopyKeys keys, CopyStamp stamp, RecipientTable all, RecipientTable changed, HashSet<ulong> replaced, ImmutableArray<string?> attributes, bool hasDomains)
{
    public CopyKeys Keys => keys;

    public CopyStamp Stamp => stamp;

    public RecipientTable All => all;

    public RecipientTable Changed => changed;

    public HashSet<ulong> Replaced => replaced;

    public ImmutableArray<string?> Attributes => attributes;

    public bool HasDomains => hasDomains;

    /// <summary>False when it was read by other settings (search bases, filter, attributes) than those of now: whom they want may be missing.</summary>
    public bool IsAsAsked { get; init; } = true;

    /// <summary>Attributes are published that were not when it was read.</summary>
    public bool LacksAttributes { get; init; }

    public int Recipients => all.Recipients - replaced.Count + changed.Recipients;

    /// <summary>Of memory.</summary>
    public long Octets => all.Octets + changed.Octets;

    public Recipient? Find(Address address, string directory)
    {
        Span<byte> buffer = stackalloc byte[AddressKey.MaxLength];
        return Find(keys.Of(address, buffer), directory) ?? (hasDomains ? Find(keys.OfDomain(address.Domain, buffer), directory) : null);
    }

    public bool Contains(ReadOnlySpan<byte> key)
    {
        if (changed.Contains(key))
            return true;
        foreach (var found in all.Find(key))
        {
            if (!replaced.Contains(found.Id))
                return true;
        }

        return false;
    }

    /// <summary>How many recipients the other has with none of their addresses left.</summary>
    public int CountLost(RecipientCopy next)
    {
        var lost = 0;
        foreach (var recipient in all.Walk())
        {
            if (!replaced.Contains(recipient.Id) && !next.HasAnyOf(recipient))
                lost++;
        }

        foreach (var recipient in changed.Walk())
        {
            if (!next.HasAnyOf(recipient))
                lost++;
        }

        return lost;
    }

    private Recipient? Find(ReadOnlySpan<byte> key, string directory)
    {
        foreach (var found in changed.Find(key))
            return Read(found, directory);
        foreach (var found in all.Find(key))
        {
            if (!replaced.Contains(found.Id))
                return Read(found, directory);
        }

        return null;
    }

    private Recipient Read(PackedRecipient found, string directory)
    {
        var recipient = found.Read(directory, attributes);
        return LacksAttributes ? recipient with { IsPartial = true } : recipient;
    }

    private bool HasAnyOf(PackedRecipient recipient)
    {
        foreach (var address in recipient.Addresses)
        {
            if (Contains(address))
                return true;
        }

        return false;
    }
}
