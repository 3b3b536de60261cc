namespace LookupProxy.Ldap.Client.Pool;

/// <summary>
/// When the next attempt to connect may be made. Between a failure and then, whoever wants a connection is told the last fault at once:
/// a server that is down costs one search its time, not each.
/// </summary>
internal sealed class ConnectGate(LdapServerOptions options, TimeProvider time)
{
    private const int MaxDoublings = 16;

    private readonly Lock _gate = new();
    private int _failures;
    private long _failedAt;
    private LdapFault? _last;

    /// <summary>The fault to give instead of an attempt; null when one may be made.</summary>
    public LdapFault? Refusal()
    {
        lock (_gate)
            return _last is not null && time.GetElapsedTime(_failedAt) < Pause_NeedsLock() ? _last : null;
    }

    public void Failed(LdapFault fault)
    {
        lock (_gate)
        {
            _failures++;
            _failedAt = time.GetTimestamp();
            _last = fault;
        }
    }

    /// <summary>The next attempt may be made at once.</summary>
    public void Open()
    {
        lock (_gate)
            _last = null;
    }

    /// <summary>Returns how many failures came before.</summary>
    public int Succeeded()
    {
        lock (_gate)
        {
            var failures = _failures;
            _failures = 0;
            _last = null;
            return failures;
        }
    }

    private TimeSpan Pause_NeedsLock()
    {
        var pause = options.Backoff * Math.Pow(2, Math.Min(_failures - 1, MaxDoublings));
        return pause < options.MaxBackoff ? pause : options.MaxBackoff;
    }
}
