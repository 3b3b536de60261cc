namespace LookupProxy.Ldap.Ber;

/// <summary>The content octets of an INTEGER: two's complement, the greatest octet first (X.690 8.3).</summary>
internal static class BerInteger
{
    /// <summary>Takes superfluous leading octets; false if there are none at all or the number exceeds 32 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> content, out int value)
    {
        value = 0;
        content = TrimSign(content);
        if (content.Length is 0 or > sizeof(int))
            return false;
        value = (sbyte)content[0];
        foreach (var octet in content[1..])
            value = (value << 8) | octet;
        return true;
    }

    /// <summary>The number if it is between 0 and the greatest <see cref="int"/>, otherwise the nearer of these; 0 for no octets.</summary>
    public static int Saturate(ReadOnlySpan<byte> content)
    {
        if (TryRead(content, out var value))
            return Math.Max(value, 0);
        return content.Length == 0 || content[0] >= 0x80 ? 0 : int.MaxValue;
    }

    private static ReadOnlySpan<byte> TrimSign(ReadOnlySpan<byte> content)
    {
        while (content.Length > 1 && ((content[0] == 0 && content[1] < 0x80) || (content[0] == 0xFF && content[1] >= 0x80)))
            content = content[1..];
        return content;
    }
}
