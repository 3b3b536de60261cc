namespace LookupProxy.TestKit.Fuzzing;

/// <summary>Damages bytes as a bad line or a careless attacker does, without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static ReadOnlySpan<byte> Interesting => [0x00, 0x01, 0x02, 0x04, 0x0A, 0x1F, 0x30, 0x31, 0x7F, 0x80, 0x81, 0x82, 0x84, 0x85, 0xA0, 0xA3, 0xFE, 0xFF];

    private static ReadOnlySpan<uint> Lengths => [0, 0x7F, 0x80, 0xFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF];

    /// <summary>Changes <paramref name="bytes"/> in one way; <paramref name="other"/> is another input to take a piece of.</summary>
    public static void Mutate(List<byte> bytes, ReadOnlySpan<byte> other, ref FuzzRandom random)
    {
        if (bytes.Count == 0)
        {
            bytes.Add(random.Octet());
            return;
        }

        var at = random.Below(bytes.Count);
        var count = random.Below(Math.Min(16, bytes.Count - at)) + 1;
        switch (random.Below(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Below(8));
                break;
            case 1:
                bytes[at] = random.Pick(Interesting);
                break;
            case 2:
                bytes[at] = random.Octet();
                break;
            case 3:
                bytes.RemoveRange(at, count);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, count));
                break;
            case 5:
                bytes.Insert(at, random.Pick(Interesting));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                bytes.InsertRange(at, other[random.Below(other.Length)..].ToArray());
                break;
            default:
                WriteLength(bytes, at, ref random);
                break;
        }
    }

    /// <summary>A length of up to four octets, over what stands there.</summary>
    private static void WriteLength(List<byte> bytes, int at, ref FuzzRandom random)
    {
        var length = random.Pick(Lengths);
        var octets = random.Below(4) + 1;
        byte[] written = [(byte)(0x80 | octets), (byte)(length >> 24), (byte)(length >> 16), (byte)(length >> 8), (byte)length];
        for (var i = 0; i <= octets && at + i < bytes.Count; i++)
            bytes[at + i] = written[i];
    }
}
