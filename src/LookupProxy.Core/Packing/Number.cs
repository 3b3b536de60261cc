namespace LookupProxy.Core.Packing;

/// <summary>Numbers from zero, 7 bits an octet, the lowest first (as BinaryWriter.Write7BitEncodedInt).</summary>
internal static class Number
{
    public const int MaxSize = 5;

    public static int SizeOf(int number) => number switch { < 1 << 7 => 1, < 1 << 14 => 2, < 1 << 21 => 3, < 1 << 28 => 4, _ => 5 };

    /// <returns>Octets written.</returns>
    public static int Write(Span<byte> into, int number)
    {
        var at = 0;
        for (; number >= 0x80; number >>= 7)
            into[at++] = (byte)(number | 0x80);
        into[at++] = (byte)number;
        return at;
    }

    /// <summary>What has its length before it.</summary>
    public static ReadOnlySpan<byte> ReadOctets(scoped ref ReadOnlySpan<byte> from)
    {
        var length = Read(ref from);
        var octets = from[..length];
        from = from[length..];
        return octets;
    }

    public static int Read(scoped ref ReadOnlySpan<byte> from)
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var octet = from[0];
            from = from[1..];
            number |= (octet & 0x7F) << shift;
            if (octet < 0x80)
                return number;
        }
    }
}
