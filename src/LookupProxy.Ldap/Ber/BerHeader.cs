namespace LookupProxy.Ldap.Ber;

/// <summary>Identifier and length octets of one element (X.690 8.1.2, 8.1.3).</summary>
internal readonly record struct BerHeader(int HeaderLength, int ContentLength)
{
    /// <summary>Longest header: a tag, the octet that says how many follow, and 126 of these.</summary>
    public const int MaxLength = 128;

    /// <summary>Reads the header at the front of <paramref name="data"/>; its content need not be there.</summary>
    public static BerHeaderStatus TryRead(ReadOnlySpan<byte> data, out BerHeader header)
    {
        header = default;
        if (data.Length == 0)
            return BerHeaderStatus.NeedMore;
        if ((data[0] & BerTag.LongForm) == BerTag.LongForm)
            return BerHeaderStatus.LongTag;
        if (data.Length == 1)
            return BerHeaderStatus.NeedMore;
        if (data[1] < 0x80)
        {
            header = new BerHeader(2, data[1]);
            return BerHeaderStatus.Done;
        }

        return TryReadLongLength(data, out header);
    }

    public static string Describe(BerHeaderStatus status) => status switch
    {
        BerHeaderStatus.NeedMore => "an element ends within its header",
        BerHeaderStatus.LongTag => "a tag has more than one octet",
        BerHeaderStatus.Indefinite => "a length is indefinite",
        BerHeaderStatus.TooLong => "a length exceeds 31 bits",
        _ => "a header is malformed",
    };

    /// <summary>BER allows superfluous zeros in front, and Active Directory always sends four octets.</summary>
    private static BerHeaderStatus TryReadLongLength(ReadOnlySpan<byte> data, out BerHeader header)
    {
        header = default;
        var octets = data[1] & 0x7F;
        if (octets == 0)
            return BerHeaderStatus.Indefinite;
        if (octets == 0x7F)
            return BerHeaderStatus.Malformed;

        var length = 0L;
        foreach (var octet in data.Slice(2, Math.Min(octets, data.Length - 2)))
        {
            length = (length << 8) | octet;
            if (length > int.MaxValue)
                return BerHeaderStatus.TooLong;
        }

        if (data.Length < 2 + octets)
            return BerHeaderStatus.NeedMore;
        header = new BerHeader(2 + octets, (int)length);
        return BerHeaderStatus.Done;
    }
}
