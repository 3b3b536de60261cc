using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Endpoints.Ldap.Enumerating;

/// <summary>The addresses that an answer has told already, at 16 octets each: one address is in one entry, whoever has it.</summary>
internal sealed class SeenAddresses
{
    private readonly HashSet<UInt128> _seen = [];

    public int Count => _seen.Count;

    public bool Contains(Address address, bool caseSensitive) => _seen.Contains(KeyOf(address, caseSensitive));

    public void Add(Address address, bool caseSensitive) => _seen.Add(KeyOf(address, caseSensitive));

    /// <summary>Half a SHA-256: no two addresses that anybody could make up have the same.</summary>
    private static UInt128 KeyOf(Address address, bool caseSensitive)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes((caseSensitive ? address : address.Fold()).Text), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
