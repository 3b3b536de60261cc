using System.Threading.Tasks.Sources;

namespace LookupProxy.Directories.Ldap;

/// <summary>Something that one waits for, without an object beside it. Ends once: with a result, or by the cancellation of who waits.</summary>
internal abstract class Awaited<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _core;
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    /// <summary>Of who waits.</summary>
    public CancellationToken Cancellation => _registration.Token;

    protected bool IsEnded => Volatile.Read(ref _isEnded) != 0;

    /// <summary>To be awaited once.</summary>
    public ValueTask<T> WaitAsync(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(static (awaited, token) => ((Awaited<T>)awaited!).Cancel(token), this);
        return new(this, _core.Version);
    }

    /// <summary>Who waits goes on within this, which is the last thing that the thread does for it: to wake a thread of the pool for each costs more than they do.</summary>
    public void End(T result)
    {
        if (TryEnd())
            _core.SetResult(result);
    }

    /// <summary>A fault of ours.</summary>
    public void Fail(Exception exception)
    {
        if (TryEnd())
            _core.SetException(exception);
    }

    /// <summary>Nobody waits for it any more.</summary>
    protected virtual void OnCancelled()
    {
    }

    T IValueTaskSource<T>.GetResult(short token)
    {
        _registration.Unregister();
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (!TryEnd())
            return;
        OnCancelled();
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException(token));
    }

    private bool TryEnd() => Interlocked.Exchange(ref _isEnded, 1) == 0;
}
