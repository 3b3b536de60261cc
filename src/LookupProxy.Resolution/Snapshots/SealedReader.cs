using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>Reads what a <see cref="SealedWriter"/> wrote. Nothing of it counts before <see cref="CheckSeal"/>. What can't be throws <see cref="InvalidDataException"/>.</summary>
internal sealed class SealedReader(Stream stream) : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _buffer = new byte[BufferSize];
    private int _hashed;
    private int _begin;
    private int _end;

    public long Length => stream.Length;

    public int ReadNumber() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int))) is >= 0 and var number ? number : throw Damaged();

    public DateTimeOffset ReadTime() => DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))));

    public string ReadText(int longest) => Encoding.UTF8.GetString(Read(longest));

    /// <summary>Until the next is read.</summary>
    public ReadOnlySpan<byte> Read(int longest)
    {
        var length = ReadNumber();
        return length <= longest ? Take(length) : throw Damaged();
    }

    /// <summary>To be called at the end.</summary>
    public void CheckSeal()
    {
        Hash();
        var expected = _hash.GetHashAndReset();
        if (!Take(expected.Length).SequenceEqual(expected) || _begin != _end || stream.ReadByte() >= 0)
            throw new InvalidDataException("its checksum is wrong");
    }

    public void Dispose() => _hash.Dispose();

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_end - _begin < length)
            Fill(length);
        var taken = _buffer.AsSpan(_begin, length);
        _begin += length;
        return taken;
    }

    private void Fill(int length)
    {
        Hash();
        var rest = _end - _begin;
        if (length > _buffer.Length)
        {
            if (length - rest > stream.Length - stream.Position)
                throw Damaged();
            Array.Resize(ref _buffer, length);
        }

        _buffer.AsSpan(_begin, rest).CopyTo(_buffer);
        (_hashed, _begin, _end) = (0, 0, rest);
        _end += stream.ReadAtLeast(_buffer.AsSpan(rest), length - rest, throwOnEndOfStream: false);
        if (_end < length)
            throw Damaged();
    }

    /// <summary>What has been taken: in large pieces, since each costs.</summary>
    private void Hash()
    {
        _hash.AppendData(_buffer, _hashed, _begin - _hashed);
        _hashed = _begin;
    }

    private static InvalidDataException Damaged() => new("it is cut short or damaged");
}
