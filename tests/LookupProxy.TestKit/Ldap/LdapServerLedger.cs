using System.Collections.Immutable;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.TestKit.Ldap;

/// <summary>What has happened to the server so far; a test can wait for more.</summary>
public sealed class LdapServerLedger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private ImmutableList<LdapServerRequest> _requests = [];
    private int _accepted;
    private int _open;
    private TaskCompletionSource _changed = NewSignal();

    public ImmutableList<LdapServerRequest> Requests => Volatile.Read(ref _requests);

    /// <summary>Connections accepted since the start.</summary>
    public int Connections => Volatile.Read(ref _accepted);

    public int OpenConnections => Volatile.Read(ref _open);

    public int Binds => Count<BindRequest>();

    public int Searches => Count<SearchRequest>();

    public int Abandons => Count<AbandonRequest>();

    public int Unbinds => Count<UnbindRequest>();

    /// <summary>Returns when the condition holds. Throws <see cref="TimeoutException"/> after 30 s: the test has failed.</summary>
    public async Task WaitUntilAsync(Func<LdapServerLedger, bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition(this))
                    return;
                changed = _changed.Task;
            }

            await changed.WaitAsync(Patience, TimeProvider.System);
        }
    }

    internal int Accepted()
    {
        lock (_gate)
        {
            _open++;
            _accepted++;
            Signal_NeedsLock();
            return _accepted;
        }
    }

    internal void Closed()
    {
        lock (_gate)
        {
            _open--;
            Signal_NeedsLock();
        }
    }

    internal void Received(LdapServerRequest request)
    {
        lock (_gate)
        {
            _requests = _requests.Add(request);
            Signal_NeedsLock();
        }
    }

    private int Count<T>()
        where T : LdapOperation => Requests.Count(request => request.Message.Operation is T);

    private void Signal_NeedsLock()
    {
        _changed.SetResult();
        _changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
