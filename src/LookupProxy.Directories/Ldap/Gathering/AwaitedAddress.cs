using System.Collections.Immutable;
using System.Threading.Tasks.Sources;
using LookupProxy.Directories.Ldap.Entries;
using LookupProxy.Ldap.Client;
using LookupProxy.Ldap.Filters;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Directories.Ldap.Gathering;

/// <summary>One address that is searched for, mostly with others. Ends once: by the search, or by its cancellation.</summary>
/// <param name="values">By one of which an entry shows that it is meant.</param>
internal sealed class AwaitedAddress(LdapFilter filter, WantedValues values) : IValueTaskSource<AddressOutcome>
{
    private ManualResetValueTaskSourceCore<AddressOutcome> _core;
    private CancellationTokenRegistration _registration;
    private SearchStop? _stop;
    private ImmutableArray<SearchResultEntry> _entries = [];
    private bool _isDoubtful;
    private int _isEnded;
    private int _hasLeft;

    public LdapFilter Filter => filter;

    /// <summary>Of whoever waits for it.</summary>
    public CancellationToken Cancellation => _registration.Token;

    /// <summary>To be awaited once.</summary>
    public ValueTask<AddressOutcome> WaitAsync(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(static (address, token) => ((AwaitedAddress)address!).Cancel(token), this);
        return new(this, _core.Version);
    }

    /// <param name="stop">Told when it is not waited for any more.</param>
    public void StopWith(SearchStop stop)
    {
        Interlocked.Exchange(ref _stop, stop);
        if (Volatile.Read(ref _isEnded) != 0)
            LeaveOnce();
    }

    public bool IsShownBy(SearchResultEntry entry) => values.AreShownBy(entry);

    public void Take(SearchResultEntry entry) => _entries = _entries.Add(entry);

    /// <summary>What was found does not tell whether it is meant; only a search for it alone will.</summary>
    public void Doubt() => _isDoubtful = true;

    /// <summary>With the entries that it has taken.</summary>
    /// <param name="nothing">What the search brought, without entries.</param>
    /// <returns>False when it must be asked for alone.</returns>
    public bool TryEnd(LdapSearchOutcome nothing, bool witnessSeen)
    {
        if (_isDoubtful)
            return false;
        End(new(_entries.IsEmpty ? nothing : nothing with { Entries = _entries }, witnessSeen));
        return true;
    }

    /// <summary>Who waits goes on within this: to wake a thread of the pool for each costs more than they do.</summary>
    public void End(AddressOutcome outcome)
    {
        if (TryEnd())
            _core.SetResult(outcome);
    }

    /// <summary>A fault of ours.</summary>
    public void Fail(Exception exception)
    {
        if (TryEnd())
            _core.SetException(exception);
    }

    AddressOutcome IValueTaskSource<AddressOutcome>.GetResult(short token)
    {
        _registration.Unregister();
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<AddressOutcome>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<AddressOutcome>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (!TryEnd())
            return;
        LeaveOnce();
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException(token));
    }

    /// <summary>It can be told to stop in the moment in which it is cancelled.</summary>
    private void LeaveOnce()
    {
        if (Volatile.Read(ref _stop) is { } stop && Interlocked.Exchange(ref _hasLeft, 1) == 0)
            stop.Leave();
    }

    private bool TryEnd() => Interlocked.Exchange(ref _isEnded, 1) == 0;
}
