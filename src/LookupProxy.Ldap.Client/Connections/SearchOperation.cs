using System.Threading.Tasks.Sources;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>One lookup from the caller's question to its outcome; the only object that a search allocates beside its messages. Ends once, whoever is first.</summary>
/// <param name="tryAgain">Called when the server had closed the connection as idle: the search has not been heard and may be sent again, once.</param>
internal sealed class SearchOperation(SearchRequest request, LdapServerOptions options, Action<SearchOperation> tryAgain)
    : PendingOperation, IValueTaskSource<LdapSearchOutcome>
{
    private ManualResetValueTaskSourceCore<LdapSearchOutcome> _core = new() { RunContinuationsAsynchronously = true };
    private Gathered _gathered = new(options.MaxEntries, options.MaxAnswerBytes);
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private LdapConnection? _connection;
    private int _ended;
    private bool _triedAgain;
    private LdapSearchOutcome? _outcome;

    public ValueTask<LdapSearchOutcome> Outcome => new(this, _core.Version);

    public bool HasEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Before anything else is done with it.</summary>
    public void CancelWith(CancellationToken cancellationToken)
    {
        _cancellation = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static state => ((SearchOperation)state!).Cancel(), this);
    }

    /// <summary>The connection that carries it from now on, and is told of a cancellation.</summary>
    public void CarriedBy(LdapConnection connection) => Interlocked.Exchange(ref _connection, connection);

    public override LdapMessage ToMessage() => new(MessageId, request);

    /// <summary>Treated as the server's own size limit: what was found counts, what was not is not absent.</summary>
    public override LdapResult LimitReached =>
        new(ResultCode.SizeLimitExceeded, DiagnosticMessage: $"stopped reading after {options.MaxEntries} entries or {options.MaxAnswerBytes} octets");

    public override bool OnEntry(SearchResultEntry entry, long octets) => HasEnded || _gathered.TryAdd(entry, octets);

    public override bool OnReference(SearchResultReference reference, long octets) => HasEnded || _gathered.TryAdd(reference, octets);

    public override bool OnEnd(LdapResult result)
    {
        if (!TryEnd())
            return false;
        _outcome = Ended(result, null);
        return true;
    }

    public override void Tell(bool onThisThread)
    {
        _core.RunContinuationsAsynchronously = !onThisThread;
        _core.SetResult(_outcome!);
    }

    public override void OnFault(LdapFault fault, bool unheard)
    {
        if (unheard && !_triedAgain && !HasEnded)
        {
            _triedAgain = true;
            tryAgain(this);
            return;
        }

        if (TryEnd())
            _core.SetResult(Ended(null, fault));
    }

    LdapSearchOutcome IValueTaskSource<LdapSearchOutcome>.GetResult(short token)
    {
        _registration.Unregister();
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<LdapSearchOutcome>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<LdapSearchOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private LdapSearchOutcome Ended(LdapResult? result, LdapFault? fault) =>
        new() { Entries = _gathered.Entries, References = _gathered.References, Result = result, Fault = fault, ConnectedAt = ConnectedAt };

    private void Cancel()
    {
        if (!TryEnd())
            return;
        Volatile.Read(ref _connection)?.Abandon(this);
        _core.SetException(new OperationCanceledException(_cancellation));
    }

    private bool TryEnd() => Interlocked.Exchange(ref _ended, 1) == 0;
}
