using System.Buffers;
using System.Text;
using LookupProxy.Core.Packing;

namespace LookupProxy.Core.Recipients;

/// <summary>Writes attributes in the form that <see cref="AttributeDictionary"/> keeps. No name may come twice.</summary>
public ref struct AttributePacker
{
    private const int UsualOctets = 512;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(UsualOctets);
    private int _length;

    public AttributePacker()
    {
    }

    /// <param name="values">Exactly so many must be added.</param>
    public void Begin(string name, int values)
    {
        Add(name);
        AddNumber(values);
    }

    /// <param name="value">UTF-8.</param>
    public void Add(ReadOnlySpan<byte> value)
    {
        AddNumber(value.Length);
        value.CopyTo(Room(value.Length));
        _length += value.Length;
    }

    public void Add(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        AddNumber(length);
        _length += Encoding.UTF8.GetBytes(value, Room(length));
    }

    /// <summary>Once, at the end.</summary>
    public readonly AttributeDictionary Build()
    {
        var built = _length == 0 ? AttributeDictionary.Empty : new AttributeDictionary(_buffer.AsSpan(0, _length));
        ArrayPool<byte>.Shared.Return(_buffer);
        return built;
    }

    private void AddNumber(int number) => _length += Number.Write(Room(Number.MaxSize), number);

    private Span<byte> Room(int octets)
    {
        if (_buffer.Length - _length < octets)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _length + octets));
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        return _buffer.AsSpan(_length);
    }
}
