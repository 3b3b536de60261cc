using System.Threading.Tasks.Sources;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>
/// Wakes the one loop that waits for it, which goes on in the thread that sets it. It may be set for nothing: the loop looks for what there is to do.
/// Used for the life of a connection, so that a search that waits makes no task for it.
/// </summary>
internal sealed class LoopSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Waiting = 1;
    private const int IsSet = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    /// <summary>Done at once when it has been set since the last time.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
            return new ValueTask(this, _core.Version);
        Volatile.Write(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    /// <summary>After what the loop is to see.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _state, IsSet) != Waiting)
            return;
        // Whoever sets it between these two need not: the loop looks after this.
        Volatile.Write(ref _state, Idle);
        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
