using System.Security.Cryptography;
using System.Text;
using LookupProxy.Core.Listing;

namespace LookupProxy.Directories.Ldap.Listing;

/// <summary>
/// Writes and reads marks. What was asked is part of a mark: with another filter, base or attribute list the changes would not add up to the whole.
/// </summary>
internal sealed class MarkSeal
{
    private const int FingerprintOctets = 16;

    private readonly byte[] _fingerprint;

    /// <param name="asked">All that decides what a reading brings.</param>
    public MarkSeal(IEnumerable<string> asked) => _fingerprint = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', asked)))[..FingerprintOctets];

    /// <param name="server">The one that made it; see <see cref="ServerOf"/>.</param>
    public ListingMark Write(string method, string server, Action<BinaryWriter> write)
    {
        using var octets = new MemoryStream();
        using (var writer = new BinaryWriter(octets, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(_fingerprint);
            writer.Write(server);
            write(writer);
        }

        return new ListingMark(method, octets.ToArray());
    }

    /// <summary>The server to ask first; null when the mark is not one of ours, or for another question.</summary>
    public string? ServerOf(ListingMark mark)
    {
        try
        {
            using var reader = Open(mark);
            return reader?.ReadString();
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return null;
        }
    }

    /// <returns>False when the mark is not one of ours, or for another question.</returns>
    public bool TryRead<T>(ListingMark mark, Func<BinaryReader, T> read, out T? content)
    {
        content = default;
        try
        {
            using var reader = Open(mark);
            if (reader is null)
                return false;
            _ = reader.ReadString();
            content = read(reader);
            return true;
        }
        catch (Exception exception) when (IsMalformed(exception))
        {
            return false;
        }
    }

    private BinaryReader? Open(ListingMark mark)
    {
        var value = mark.Value;
        return value.Length > FingerprintOctets && value.Span[..FingerprintOctets].SequenceEqual(_fingerprint)
            ? new BinaryReader(new MemoryStream(value[FingerprintOctets..].ToArray()), Encoding.UTF8)
            : null;
    }

    private static bool IsMalformed(Exception exception) => exception is IOException or FormatException or ArgumentException;
}
