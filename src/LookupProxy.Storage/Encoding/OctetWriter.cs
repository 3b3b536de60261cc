using System.Buffers.Binary;

namespace LookupProxy.Storage.Encoding;

internal sealed class OctetWriter
{
    private byte[] _octets = new byte[256];
    private int _length;

    public void Octet(byte value) => Room(1)[0] = value;

    public void Number(ulong value)
    {
        while (value >= 0x80)
        {
            Octet((byte)(value | 0x80));
            value >>= 7;
        }

        Octet((byte)value);
    }

    public void Text(string text)
    {
        var utf8 = System.Text.Encoding.UTF8;
        var length = utf8.GetByteCount(text);
        Number((ulong)length);
        utf8.GetBytes(text, Room(length));
    }

    /// <summary>All that was written, and its checksum.</summary>
    public byte[] Finish(string key)
    {
        var sum = Checksum.Of(_octets.AsSpan(0, _length), key);
        BinaryPrimitives.WriteUInt32LittleEndian(Room(Checksum.Length), sum);
        return _octets[.._length];
    }

    private Span<byte> Room(int length)
    {
        if (_octets.Length - _length < length)
            Array.Resize(ref _octets, Math.Max(_octets.Length * 2, _length + length));
        var room = _octets.AsSpan(_length, length);
        _length += length;
        return room;
    }
}
