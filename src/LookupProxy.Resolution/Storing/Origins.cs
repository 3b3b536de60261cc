using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LookupProxy.Resolution.Storing;

/// <summary>What a directory is asked, as a number for stores: the same in every process.</summary>
internal static class Origins
{
    /// <returns>0 when nothing is said of it.</returns>
    public static uint NumberOf(string origin) =>
        origin.Length == 0 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
}
