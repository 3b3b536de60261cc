using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>Numbers, texts and octets with their length before them, and SHA-256 at the end.</summary>
internal sealed class SealedWriter(Stream stream) : IDisposable
{
    private const int BufferSize = 1 << 20;

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _used;

    public void Write(int number)
    {
        Span<byte> octets = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(octets, number);
        WriteRaw(octets);
    }

    public void Write(DateTimeOffset time)
    {
        Span<byte> octets = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(octets, time.ToUnixTimeMilliseconds());
        WriteRaw(octets);
    }

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public void Write(ReadOnlySpan<byte> octets)
    {
        Write(octets.Length);
        WriteRaw(octets);
    }

    public void Seal()
    {
        Flush();
        stream.Write(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void WriteRaw(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            if (_used == BufferSize)
                Flush();
            var part = octets[..Math.Min(octets.Length, BufferSize - _used)];
            part.CopyTo(_buffer.AsSpan(_used));
            _used += part.Length;
            octets = octets[part.Length..];
        }
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}
