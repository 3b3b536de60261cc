using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LookupProxy.Storage.Encoding;

/// <summary>CRC-32C (RFC 3720) over octets and the key that they are stored under. Finds damage, not malice: who can write to the store is trusted.</summary>
internal static class Checksum
{
    public const int Length = 4;

    public static uint Of(ReadOnlySpan<byte> octets, string key) => ~Add(Add(uint.MaxValue, MemoryMarshal.AsBytes(key.AsSpan())), octets);

    /// <summary>False when the last octets are not the sum of the others.</summary>
    public static bool TryStrip(ReadOnlySpan<byte> octets, string key, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (octets.Length < Length)
            return false;
        body = octets[..^Length];
        return BinaryPrimitives.ReadUInt32LittleEndian(octets[^Length..]) == Of(body, key);
    }

    private static uint Add(uint sum, ReadOnlySpan<byte> octets)
    {
        while (octets.Length >= sizeof(ulong))
        {
            sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(octets));
            octets = octets[sizeof(ulong)..];
        }

        foreach (var octet in octets)
            sum = BitOperations.Crc32C(sum, octet);
        return sum;
    }
}
