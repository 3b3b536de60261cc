using System.Security.Cryptography;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connecting;

/// <summary>
/// Remembers that a password was refused, and keeps it from being tried again for a while: directories count such attempts and lock the account, for all who
/// use it. The pause grows while the same password stays wrong, so that a lock that has run out is not brought on anew; a changed password may be tried at once.
/// </summary>
internal sealed class RefusedBinds(TimeSpan pause, TimeProvider time)
{
    /// <summary>From half a minute to a quarter of an hour: two in the half hour over which Active Directory usually counts.</summary>
    private const int MaxDoublings = 5;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private byte[] _refused = [];
    private long _refusedAt;
    private int _doublings;
    private LdapFault? _fault;

    /// <summary>The fault to give instead of another attempt; null when it may be made.</summary>
    public LdapFault? Recall(LdapCredentials credentials)
    {
        lock (_gate)
            return IsPausing_NeedsLock() && IsSame_NeedsLock(Fingerprint(credentials)) ? _fault : null;
    }

    public void Note(LdapCredentials credentials, LdapFault fault)
    {
        // 49 and, once 389 Directory Server has locked the account, 19.
        if (fault is not { Kind: LdapFaultKind.BindRefused, Code: ResultCode.InvalidCredentials or ResultCode.ConstraintViolation })
            return;
        lock (_gate)
        {
            var fingerprint = Fingerprint(credentials);
            var isSame = IsSame_NeedsLock(fingerprint);
            // Two that were tried at once are one.
            if (isSame && IsPausing_NeedsLock())
                return;
            _doublings = isSame && !ActiveDirectoryReason.LiesInTheAccount(fault.Detail) ? Math.Min(_doublings + 1, MaxDoublings) : 0;
            _refused = fingerprint;
            _refusedAt = time.GetTimestamp();
            _fault = fault with { Detail = $"{fault.Detail} (not tried again before {Pause_NeedsLock().TotalSeconds:0.###} s have passed or the password is changed)" };
        }
    }

    /// <summary>A bind was accepted.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _fault = null;
            _refused = [];
        }
    }

    private TimeSpan Pause_NeedsLock() => pause * (1 << _doublings);

    private bool IsPausing_NeedsLock() => _fault is not null && time.GetElapsedTime(_refusedAt) < Pause_NeedsLock();

    private bool IsSame_NeedsLock(byte[] fingerprint) => CryptographicOperations.FixedTimeEquals(_refused, fingerprint);

    private byte[] Fingerprint(LdapCredentials credentials) => HMACSHA256.HashData(_key, credentials.Password);
}
