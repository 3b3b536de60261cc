using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace LookupProxy.Ldap.Ber;

/// <summary>
/// Writes BER with the shortest lengths into a pooled array. A constructed element reserves one octet for its length; its content moves up
/// when that is not enough, which costs less than a pass that only measures.
/// </summary>
internal ref struct BerWriter(int capacity)
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>Set when what was written is secret: the array is wiped before others may rent it.</summary>
    public bool Secret { get; set; }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Opens a constructed element. Pass what it returns to <see cref="End"/>.</summary>
    public int Begin(byte tag)
    {
        var header = Take(2);
        header[0] = tag;
        return _length;
    }

    public void End(int start)
    {
        var length = _length - start;
        var extra = LengthOctets(length) - 1;
        if (extra > 0)
        {
            Take(extra);
            _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + extra));
        }

        WriteLength(_buffer.AsSpan(start - 1, extra + 1), length);
    }

    public void WriteOctets(byte tag, scoped ReadOnlySpan<byte> content) => content.CopyTo(TakeElement(tag, content.Length));

    public void WriteOctets(scoped ReadOnlySpan<byte> content) => WriteOctets(BerTag.OctetString, content);

    public void WriteOptionalOctets(byte tag, ReadOnlyMemory<byte>? content)
    {
        if (content is { } octets)
            WriteOctets(tag, octets.Span);
    }

    public void WriteString(byte tag, string text) => Encoding.UTF8.GetBytes(text, TakeElement(tag, Encoding.UTF8.GetByteCount(text)));

    public void WriteString(string text) => WriteString(BerTag.OctetString, text);

    public void WriteOptionalString(byte tag, string? text)
    {
        if (text is not null)
            WriteString(tag, text);
    }

    public void WriteBoolean(byte tag, bool value) => TakeElement(tag, 1)[0] = value ? (byte)0xFF : (byte)0;

    public void WriteInteger(byte tag, int value)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(octets, value);
        var skip = 0;
        while (skip < sizeof(int) - 1 && octets[skip] == (byte)(octets[skip + 1] >= 0x80 ? 0xFF : 0))
            skip++;
        WriteOctets(tag, octets[skip..]);
    }

    public void WriteInteger(int value) => WriteInteger(BerTag.Integer, value);

    public void WriteEnumerated(int value) => WriteInteger(BerTag.Enumerated, value);

    /// <summary>What was written, and the array goes back.</summary>
    public byte[] Finish()
    {
        var written = Written.ToArray();
        Dispose();
        return written;
    }

    public void Dispose()
    {
        if (Secret)
            _buffer.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private Span<byte> TakeElement(byte tag, int contentLength)
    {
        var lengthOctets = LengthOctets(contentLength);
        var element = Take(checked(1 + lengthOctets + contentLength));
        element[0] = tag;
        WriteLength(element.Slice(1, lengthOctets), contentLength);
        return element[(1 + lengthOctets)..];
    }

    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count)
            Grow(count);
        var taken = _buffer.AsSpan(_length, count);
        _length += count;
        return taken;
    }

    private void Grow(int count)
    {
        var greater = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length + count, (int)Math.Min(2L * _buffer.Length, Array.MaxLength))));
        Written.CopyTo(greater);
        var length = _length;
        Dispose();
        _buffer = greater;
        _length = length;
    }

    private static int LengthOctets(int length) => length switch
    {
        < 0x80 => 1,
        < 0x100 => 2,
        < 0x1_0000 => 3,
        < 0x100_0000 => 4,
        _ => 5,
    };

    private static void WriteLength(Span<byte> octets, int length)
    {
        if (octets.Length == 1)
        {
            octets[0] = (byte)length;
            return;
        }

        octets[0] = (byte)(0x80 | (octets.Length - 1));
        for (var i = octets.Length - 1; i > 0; i--, length >>= 8)
            octets[i] = (byte)length;
    }
}
