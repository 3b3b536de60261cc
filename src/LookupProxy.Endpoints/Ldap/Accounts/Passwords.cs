using System.Security.Cryptography;
using System.Text;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>Compares passwords in constant time, and keeps none: under a key that only this process has, one can be remembered safely.</summary>
internal static class Passwords
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    public static byte[] Keyed(ReadOnlySpan<byte> password) => HMACSHA256.HashData(Key, password);

    public static bool Equal(ReadOnlySpan<byte> password, byte[] keyed) => CryptographicOperations.FixedTimeEquals(Keyed(password), keyed);

    public static bool Equal(ReadOnlySpan<byte> password, string expected) => Equal(password, Keyed(Encoding.UTF8.GetBytes(expected)));
}
