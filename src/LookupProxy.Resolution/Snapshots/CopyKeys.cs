using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Packing;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>By what a copy knows addresses and recipients: its own random key goes with it to the disk.</summary>
/// <param name="secret">Of the keyed hashes.</param>
/// <param name="isHashed">Addresses are kept as keyed hashes (HMAC-SHA-256, cut to 128 bits).</param>
internal sealed class CopyKeys(ImmutableArray<byte> secret, bool isHashed, bool caseSensitive)
{
    public const int SecretLength = 32;
    private const int HashLength = 16;

    public ImmutableArray<byte> Secret => secret;

    public bool IsHashed => isHashed;

    public bool CaseSensitive => caseSensitive;

    /// <summary>Hashes are compared as they are.</summary>
    public bool TableIgnoresCase => !isHashed && !caseSensitive;

    public static CopyKeys Create(bool isHashed, bool caseSensitive) =>
        new([.. RandomNumberGenerator.GetBytes(SecretLength)], isHashed, caseSensitive);

    /// <summary>What an address is looked for by.</summary>
    /// <param name="buffer">Of <see cref="AddressKey.MaxLength"/> octets.</param>
    public ReadOnlySpan<byte> Of(Address address, Span<byte> buffer) => Finish(AddressKey.Octets(AddressKey.Of(address, caseSensitive), buffer), buffer);

    /// <summary>What an address is kept under.</summary>
    public ReadOnlySpan<byte> ToKeep(Address address, Span<byte> buffer) =>
        isHashed ? Of(address, buffer) : AddressKey.Octets(AddressKey.AsWritten(address, caseSensitive), buffer);

    /// <summary>For every address of a domain.</summary>
    public ReadOnlySpan<byte> OfDomain(ReadOnlySpan<char> domain, Span<byte> buffer) => Finish(AddressKey.Octets(string.Concat("@", domain), buffer), buffer);

    /// <summary>64 bits of a keyed hash: nobody can make two recipients have the same on purpose, and by chance 10 million have with a probability of 1 to 370,000.</summary>
    public ulong OfId(string id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.AsSpan(), Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }

    private ReadOnlySpan<byte> Finish(ReadOnlySpan<byte> key, Span<byte> buffer)
    {
        if (!isHashed || key.IsEmpty)
            return key;
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret.AsSpan(), key, hash);
        hash[..HashLength].CopyTo(buffer);
        return buffer[..HashLength];
    }
}
