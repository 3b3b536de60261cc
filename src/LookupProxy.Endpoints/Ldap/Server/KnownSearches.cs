using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>
/// Searches by the octets that follow their message id: a gateway words each question for a recipient alike, and what the same octets mean need not be found out again.
/// Only those go in that memory could answer, so that a harvest attack, or a site's first hour, does not pass through here.
/// </summary>
internal sealed class KnownSearches
{
    /// <summary>Octets of a message; a longer one is read anew each time.</summary>
    private const int MaxOctets = 1024;

    /// <summary>When there are so many, all are forgotten. Some 2 kB each, and at most four times that.</summary>
    private const int MaxKnown = 16 * 1024;

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;

    private readonly ConcurrentDictionary<byte[], KnownSearch> _known;
    private readonly ConcurrentDictionary<byte[], KnownSearch>.AlternateLookup<ReadOnlySpan<byte>> _byOctets;
    private int _count;

    public KnownSearches()
    {
        _known = new ConcurrentDictionary<byte[], KnownSearch>(new Octets());
        _byOctets = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Takes a message off the front of <paramref name="buffer"/> if it is a search that is known. Whatever is not plain at first sight is for the reader.</summary>
    public bool TryTake(ref ReadOnlySequence<byte> buffer, out int messageId, [NotNullWhen(true)] out KnownSearch? search)
    {
        search = null;
        return TrySplit(buffer.FirstSpan, out var length, out messageId, out var octets) && _byOctets.TryGetValue(octets, out search) && Take(ref buffer, length);
    }

    /// <param name="message">A whole message, as it came.</param>
    public void Add(in ReadOnlySequence<byte> message, KnownSearch search)
    {
        if (!TrySplit(message.FirstSpan, out _, out _, out var octets))
            return;
        if (Interlocked.Increment(ref _count) > MaxKnown)
        {
            _known.Clear();
            Volatile.Write(ref _count, 1);
        }

        _known[octets.ToArray()] = search;
    }

    private static bool Take(ref ReadOnlySequence<byte> buffer, int length)
    {
        buffer = buffer.Slice(length);
        return true;
    }

    /// <summary>LDAPMessage (RFC 4511 4.1.1) with its lengths as nearly everybody writes them, and a message id above zero in as few octets as it needs.</summary>
    private static bool TrySplit(ReadOnlySpan<byte> front, out int length, out int messageId, out ReadOnlySpan<byte> octets)
    {
        messageId = 0;
        octets = default;
        if (!TryReadLength(front, out var header, out length) || length > MaxOctets || front.Length < length || length < header + 3 || front[header] != Integer)
            return false;
        var size = (int)front[header + 1];
        if (size is < 1 or > 4 || length < header + 2 + size)
            return false;
        var id = front.Slice(header + 2, size);
        if (id[0] >= 0x80 || (size > 1 && id[0] == 0 && id[1] < 0x80))
            return false;
        foreach (var octet in id)
            messageId = (messageId << 8) | octet;
        octets = front[(header + 2 + size)..length];
        return messageId > 0;
    }

    /// <param name="header">Octets of tag and length.</param>
    /// <param name="length">Of the whole message.</param>
    private static bool TryReadLength(ReadOnlySpan<byte> front, out int header, out int length)
    {
        header = length = 0;
        if (front.Length < 4 || front[0] != Sequence)
            return false;
        header = front[1] switch { < 0x80 => 2, 0x81 => 3, 0x82 => 4, _ => 0 };
        length = header + header switch { 2 => front[1], 3 => front[2], 4 => BinaryPrimitives.ReadUInt16BigEndian(front[2..]), _ => 0 };
        return header > 0;
    }

    private sealed class Octets : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        /// <summary>Other numbers in each process: nobody can choose octets that fall together.</summary>
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
