namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Looks after a connection from a timer, never from the path of a search: tries it when it has been silent, gives it up when it stays so,
/// and reports its age.
/// </summary>
internal sealed class ConnectionWatch : IDisposable
{
    /// <summary>Between two reports of age, when it could not be replaced.</summary>
    private static readonly TimeSpan AgeAgain = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);

    private readonly LdapConnection _connection;
    private readonly LdapServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private KeepAliveProbe? _probe;
    private long _probedAt;
    private TimeSpan _reportAgeAt;
    private bool _isDisposed;

    public ConnectionWatch(LdapConnection connection, LdapServerOptions options, TimeProvider time)
    {
        _connection = connection;
        _options = options;
        _time = time;
        _reportAgeAt = options.MaxAge;
        _timer = time.CreateTimer(static state => ((ConnectionWatch)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsProbing => Volatile.Read(ref _probe) is not null;

    public void Start()
    {
        lock (_gate)
            Sleep_NeedsLock();
    }

    /// <summary>A search got no answer in its time, and nothing else was heard meanwhile: find out now whether anybody is there.</summary>
    public void Suspect()
    {
        lock (_gate)
        {
            if (_probe is not null || _isDisposed)
                return;
            Probe_NeedsLock();
            Sleep_NeedsLock();
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        _timer.Dispose();
    }

    private TimeSpan Silence => _time.GetElapsedTime(_connection.HeardAt);

    /// <summary>A busy server that goes on sending other answers is alive: their arrival puts the end off.</summary>
    private TimeSpan ProbeAge_NeedsLock => Min(_time.GetElapsedTime(_probedAt), Silence);

    private void Look()
    {
        LdapFault? fault;
        bool isAged;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            fault = Judge_NeedsLock();
            isAged = IsAged_NeedsLock();
            if (fault is null)
                Sleep_NeedsLock();
        }

        if (fault is not null)
            _connection.Stop(fault);
        else if (isAged)
            _connection.Aged();
    }

    private LdapFault? Judge_NeedsLock()
    {
        if (_probe is not null)
        {
            return ProbeAge_NeedsLock >= _options.KeepAliveTimeout ? _connection.Lost($"no answer to a keep-alive within {_options.KeepAliveTimeout.TotalSeconds:0.###} s") : null;
        }

        if (IsOn(_options.KeepAlive) && Silence >= _options.KeepAlive)
            Probe_NeedsLock();
        return null;
    }

    private bool IsAged_NeedsLock()
    {
        if (!IsOn(_options.MaxAge) || _connection.Age < _reportAgeAt)
            return false;
        _reportAgeAt = _connection.Age + AgeAgain;
        return true;
    }

    private void Probe_NeedsLock()
    {
        _probedAt = _time.GetTimestamp();
        _probe = new KeepAliveProbe(ProbeEnded);
        // Not sent means that the server does not read: it is given up after the same time.
        _connection.TrySend(_probe);
    }

    private void ProbeEnded()
    {
        lock (_gate)
        {
            _probe = null;
            if (!_isDisposed)
                Sleep_NeedsLock();
        }
    }

    private void Sleep_NeedsLock()
    {
        var due = Timeout.InfiniteTimeSpan;
        if (_probe is not null)
            due = _options.KeepAliveTimeout - ProbeAge_NeedsLock;
        else if (IsOn(_options.KeepAlive))
            due = _options.KeepAlive - Silence;
        if (IsOn(_options.MaxAge))
            due = due == Timeout.InfiniteTimeSpan ? _reportAgeAt - _connection.Age : Min(due, _reportAgeAt - _connection.Age);
        if (due != Timeout.InfiniteTimeSpan)
            _timer.Change(due > ShortestSleep ? due : ShortestSleep, Timeout.InfiniteTimeSpan);
    }

    private static bool IsOn(TimeSpan span) => span > TimeSpan.Zero;

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
