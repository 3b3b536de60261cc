namespace LookupProxy.Core.Packing;

/// <summary>
/// From a hash to where the recipients lie that may have it: open addressing, five octets a slot.
/// </summary>
internal sealed class SlotIndex
{
    private const int LeastSlots = 64;

    private readonly uint[] _locations;
    private readonly byte[] _tags;

    public SlotIndex(int capacity)
    {
        // At most three quarters full, or chains grow long.
        var slots = Math.Max(LeastSlots, checked((int)Math.Min(((long)capacity * 4 / 3) + 2, Array.MaxLength)));
        _locations = new uint[slots];
        _tags = new byte[slots];
        Capacity = (int)((long)slots * 3 / 4);
    }

    public int Count { get; private set; }

    public int Capacity { get; }

    public long Octets => (long)_locations.Length * (sizeof(uint) + sizeof(byte));

    /// <summary>Only below <see cref="Capacity"/>.</summary>
    public void Add(uint hash, uint location)
    {
        var slot = FirstSlot(hash);
        while (_locations[slot] != 0)
            slot = After(slot);
        _tags[slot] = (byte)hash;
        _locations[slot] = location;
        Count++;
    }

    /// <param name="slot">Negative to begin; to be passed again for the next.</param>
    /// <returns>Zero when there is no more.</returns>
    public uint Next(uint hash, ref int slot)
    {
        slot = slot < 0 ? FirstSlot(hash) : After(slot);
        while (_locations[slot] != 0 && _tags[slot] != (byte)hash)
            slot = After(slot);
        return _locations[slot];
    }

    /// <summary>By the upper bits; the tag is of the lowest.</summary>
    private int FirstSlot(uint hash) => (int)(((ulong)hash * (uint)_locations.Length) >> 32);

    private int After(int slot) => slot + 1 == _locations.Length ? 0 : slot + 1;
}
