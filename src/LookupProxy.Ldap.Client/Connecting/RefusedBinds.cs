using System.Security.Cryptography;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>
/// Remembers that a password was refused, and keeps it from being tried again for a while: directories count such attempts and lock the account.
/// A changed password may be tried at once.
/// </summary>
internal sealed class RefusedBinds(TimeSpan pause, TimeProvider time)
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private byte[] _refused = [];
    private long _refusedAt;
    private LdapFault? _fault;

    /// <summary>The fault to give instead of another attempt; null when it may be made.</summary>
    public LdapFault? Recall(LdapCredentials credentials)
    {
        lock (_gate)
        {
            if (_fault is null || time.GetElapsedTime(_refusedAt) >= pause)
                return null;
            return CryptographicOperations.FixedTimeEquals(_refused, Fingerprint(credentials)) ? _fault : null;
        }
    }

    public void Note(LdapCredentials credentials, LdapFault fault)
    {
        // 49 and, once 389 Directory Server has locked the account, 19.
        if (fault is not { Kind: LdapFaultKind.BindRefused, Code: ResultCode.InvalidCredentials or ResultCode.ConstraintViolation })
            return;
        lock (_gate)
        {
            _refused = Fingerprint(credentials);
            _refusedAt = time.GetTimestamp();
            _fault = fault;
        }
    }

    private byte[] Fingerprint(LdapCredentials credentials) => HMACSHA256.HashData(_key, credentials.Password);
}
