using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Storage.Encoding;

/// <summary>Reads what <see cref="OctetWriter"/> wrote, and believes no length beyond the octets that are there.</summary>
internal ref struct OctetReader(ReadOnlySpan<byte> octets)
{
    private ReadOnlySpan<byte> _left = octets;

    public readonly bool IsAtEnd => _left.IsEmpty;

    public bool TryOctet(out byte value)
    {
        value = 0;
        if (_left.IsEmpty)
            return false;
        value = _left[0];
        _left = _left[1..];
        return true;
    }

    public bool TryNumber(out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!TryOctet(out var octet) || (shift == 63 && octet > 1))
                return false;
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
                return true;
        }

        return false;
    }

    /// <summary>Of things that take an octet each at least.</summary>
    public bool TryCount(int limit, out int count)
    {
        count = 0;
        if (!TryNumber(out var number) || number > (ulong)limit || number > (ulong)_left.Length)
            return false;
        count = (int)number;
        return true;
    }

    public bool TryText([NotNullWhen(true)] out string? text)
    {
        text = null;
        if (!TryCount(int.MaxValue, out var length))
            return false;
        text = System.Text.Encoding.UTF8.GetString(_left[..length]);
        _left = _left[length..];
        return true;
    }

    public bool TryTime(out DateTimeOffset time)
    {
        time = default;
        if (!TryNumber(out var number) || number > (ulong)DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            return false;
        time = DateTimeOffset.FromUnixTimeMilliseconds((long)number);
        return true;
    }

    public bool TrySpan(out TimeSpan span)
    {
        span = default;
        if (!TryNumber(out var number) || number > (ulong)(TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond))
            return false;
        span = TimeSpan.FromTicks((long)number * TimeSpan.TicksPerMillisecond);
        return true;
    }
}
