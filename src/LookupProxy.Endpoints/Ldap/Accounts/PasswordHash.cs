using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LookupProxy.Endpoints.Ldap.Accounts;

/// <summary>
/// A password's hash as OpenLDAP's userPassword holds one: <c>{PBKDF2-SHA512}iterations$salt$hash</c> (also SHA256; pw-pbkdf2's base64 with "."
/// for "+" and without "=") or <c>{SSHA512}base64 of digest and salt</c> (also SSHA256).
/// </summary>
public sealed class PasswordHash
{
    /// <summary>OWASP's minimum for PBKDF2-HMAC-SHA512 (2023).</summary>
    private const int Iterations = 210_000;

    private const int MaxIterations = 10_000_000;
    private const int MinSalt = 8;
    private const int MaxSalt = 128;

    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private PasswordHash(HashAlgorithmName algorithm, int iterations, byte[] salt, byte[] hash)
    {
        _algorithm = algorithm;
        _iterations = iterations;
        _salt = salt;
        _hash = hash;
    }

    public const string Forms = "{PBKDF2-SHA512}iterations$salt$hash, {PBKDF2-SHA256}…, {SSHA512}base64 or {SSHA256}base64";

    public static string Create(ReadOnlySpan<byte> password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA512, 64);
        return string.Create(CultureInfo.InvariantCulture, $"{{PBKDF2-SHA512}}{Iterations}${Write(salt)}${Write(hash)}");
    }

    public static bool TryParse(string text, [NotNullWhen(true)] out PasswordHash? hash)
    {
        hash = null;
        var end = text.IndexOf('}', StringComparison.Ordinal);
        if (end < 0)
            return false;
        var rest = text[(end + 1)..];
        hash = text[..(end + 1)].ToUpperInvariant() switch
        {
            "{PBKDF2-SHA512}" => ParseDerived(rest, HashAlgorithmName.SHA512),
            "{PBKDF2-SHA256}" => ParseDerived(rest, HashAlgorithmName.SHA256),
            "{SSHA512}" => ParseSalted(rest, HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
            "{SSHA256}" => ParseSalted(rest, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            _ => null,
        };
        return hash is not null;
    }

    public bool Matches(ReadOnlySpan<byte> password) => CryptographicOperations.FixedTimeEquals(Hash(password), _hash);

    private byte[] Hash(ReadOnlySpan<byte> password)
    {
        if (_iterations > 0)
            return Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _hash.Length);
        byte[] salted = [.. password, .. _salt];
        var digest = CryptographicOperations.HashData(_algorithm, salted);
        CryptographicOperations.ZeroMemory(salted);
        return digest;
    }

    private static PasswordHash? ParseDerived(string text, HashAlgorithmName algorithm)
    {
        var parts = text.Split('$');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < 1 or > MaxIterations
            || Read(parts[1]) is not { Length: >= MinSalt and <= MaxSalt } salt
            || Read(parts[2]) is not { Length: >= 16 and <= 128 } hash)
        {
            return null;
        }

        return new PasswordHash(algorithm, iterations, salt, hash);
    }

    private static PasswordHash? ParseSalted(string text, HashAlgorithmName algorithm, int size)
    {
        if (Read(text) is not { } both || both.Length < size + MinSalt || both.Length > size + MaxSalt)
            return null;
        return new PasswordHash(algorithm, 0, both[size..], both[..size]);
    }

    private static byte[]? Read(string text)
    {
        var padded = new StringBuilder(text.Replace('.', '+'));
        while (padded.Length % 4 != 0)
            padded.Append('=');
        var octets = new byte[padded.Length];
        return Convert.TryFromBase64String(padded.ToString(), octets, out var length) ? octets[..length] : null;
    }

    private static string Write(byte[] octets) => Convert.ToBase64String(octets).Replace('+', '.').TrimEnd('=');
}
