using System.Threading.Tasks.Sources;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>An absence that counts only when somebody is found by what is asked after it was heard. Ends once: by that, or by its cancellation.</summary>
internal sealed class Doubt(long heardAt) : IValueTaskSource<Answer.Unknown?>
{
    private ManualResetValueTaskSourceCore<Answer.Unknown?> _core;
    private CancellationTokenRegistration _registration;
    private int _isEnded;

    public long HeardAt => heardAt;

    /// <summary>Null when the absence counts. To be awaited once.</summary>
    public ValueTask<Answer.Unknown?> WaitAsync(CancellationToken cancellationToken)
    {
        _registration = cancellationToken.UnsafeRegister(static (doubt, token) => ((Doubt)doubt!).Cancel(token), this);
        return new(this, _core.Version);
    }

    /// <summary>
    /// Who waits goes on within this, which is the last thing that the thread does: absences are many, and to wake a thread of the pool for each costs more than they do.
    /// </summary>
    public void End(Answer.Unknown? blindness)
    {
        if (TryEnd())
            _core.SetResult(blindness);
    }

    Answer.Unknown? IValueTaskSource<Answer.Unknown?>.GetResult(short token)
    {
        _registration.Unregister();
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<Answer.Unknown?>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<Answer.Unknown?>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken token)
    {
        if (!TryEnd())
            return;
        _core.RunContinuationsAsynchronously = true;
        _core.SetException(new OperationCanceledException(token));
    }

    private bool TryEnd() => Interlocked.Exchange(ref _isEnded, 1) == 0;
}
