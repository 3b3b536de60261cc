using System.Security.Cryptography;
using LookupProxy.Ldap.Client.Connecting;
using LookupProxy.Ldap.Client.Connections;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client;

/// <summary>
/// Remembers that a password was refused, and keeps it from being tried again for a while: directories count such attempts and lock the account, for all who
/// use it. The pause grows while the same password stays wrong, so that a lock that has run out is not brought on anew; a changed password may be tried at once.
/// Replicas count together, so that all servers of a directory share one: each finds out for itself that it refuses the password, and from then on
/// one of them tries it after each pause, in turn.
/// </summary>
public sealed class RefusedBinds(TimeSpan pause, TimeProvider time)
{
    /// <summary>From half a minute to a quarter of an hour: two in the half hour over which Active Directory usually counts.</summary>
    private const int MaxDoublings = 5;

    /// <summary>So long those go first who have not had their turn. They need not come: a server can be down.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromSeconds(2);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LdapFault> _faults = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hadTheirTurn = new(StringComparer.Ordinal);
    private byte[] _refused = [];
    private long? _refusedAt;
    private int _doublings;
    private string? _trying;

    /// <summary>The fault to give instead of another attempt; null when it may be made, and <see cref="End"/> must follow.</summary>
    internal LdapFault? Begin(string server, LdapCredentials credentials)
    {
        lock (_gate)
        {
            if (!_faults.TryGetValue(server, out var fault) || !IsSame_NeedsLock(Fingerprint(credentials)))
                return null;
            if (_trying is not null || !MayTry_NeedsLock(server))
                return fault with { Detail = $"{fault.Detail} (not tried again before {Pause_NeedsLock().TotalSeconds:0.###} s have passed, the password is changed or \"lookupproxy directory close\" is given)" };
            _trying = server;
            return null;
        }
    }

    /// <param name="fault">Null when the bind was accepted.</param>
    internal void End(string server, LdapCredentials credentials, LdapFault? fault)
    {
        lock (_gate)
        {
            if (_trying == server)
            {
                _trying = null;
                _hadTheirTurn.Add(server);
            }

            if (fault is null)
                Accepted_NeedsLock(server);
            // 49 and, once 389 Directory Server has locked the account, 19.
            else if (fault is { Kind: LdapFaultKind.BindRefused, Code: ResultCode.InvalidCredentials or ResultCode.ConstraintViolation })
                Refused_NeedsLock(server, Fingerprint(credentials), fault);
        }
    }

    /// <summary>An administrator says that it is mended: this server is asked once more, now.</summary>
    internal void Forget(string server)
    {
        lock (_gate)
            _faults.Remove(server);
    }

    private void Refused_NeedsLock(string server, byte[] fingerprint, LdapFault fault)
    {
        var isSame = IsSame_NeedsLock(fingerprint);
        if (!isSame)
        {
            _faults.Clear();
            _hadTheirTurn.Clear();
            _refused = fingerprint;
        }

        _faults[server] = fault;
        // Two that were tried at once are one.
        if (isSame && IsPausing_NeedsLock())
            return;
        _doublings = isSame && !ActiveDirectoryReason.LiesInTheAccount(fault.Detail) ? Math.Min(_doublings + 1, MaxDoublings) : 0;
        _refusedAt = time.GetTimestamp();
    }

    /// <summary>So it is probably right for the others too, who may find out at once; but one that goes on refusing it goes on pausing as long.</summary>
    private void Accepted_NeedsLock(string server)
    {
        _faults.Remove(server);
        _hadTheirTurn.Clear();
        _refusedAt = null;
        if (_faults.Count == 0)
            _refused = [];
    }

    private bool MayTry_NeedsLock(string server)
    {
        if (_refusedAt is not { } at || time.GetElapsedTime(at) >= Pause_NeedsLock() + Courtesy)
            return true;
        if (IsPausing_NeedsLock())
            return false;
        if (_faults.Keys.All(_hadTheirTurn.Contains))
            _hadTheirTurn.Clear();
        return !_hadTheirTurn.Contains(server);
    }

    private TimeSpan Pause_NeedsLock() => pause * (1 << _doublings);

    private bool IsPausing_NeedsLock() => _refusedAt is { } at && time.GetElapsedTime(at) < Pause_NeedsLock();

    private bool IsSame_NeedsLock(byte[] fingerprint) => CryptographicOperations.FixedTimeEquals(_refused, fingerprint);

    private byte[] Fingerprint(LdapCredentials credentials) => HMACSHA256.HashData(_key, credentials.Password);
}
