namespace LookupProxy.Resolution.Timing;

/// <summary>Something that one waiter waits for, for a limited time.</summary>
internal sealed class TimedSignal : IDisposable
{
    private readonly TaskCompletionSource<bool> _source;
    private readonly ITimer? _timer;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="limit">Infinite for none.</param>
    /// <param name="continuesInSet">
    /// The waiter goes on within <see cref="Set"/>, the timer or the cancellation, without a change of thread: only where these come outside all locks
    /// and at the end of what a thread does.
    /// </param>
    public TimedSignal(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken, bool continuesInSet = false)
    {
        _source = new(continuesInSet ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        if (limit != Timeout.InfiniteTimeSpan)
            _timer = time.CreateTimer(static signal => ((TimedSignal)signal!).GiveUp(), this, limit, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(static signal => ((TimedSignal)signal!).GiveUp(), this);
    }

    /// <summary>True when it was set; false when time ran out or the token was cancelled before. Never fails.</summary>
    public Task<bool> Task => _source.Task;

    public void Set() => _source.TrySetResult(true);

    public void Dispose()
    {
        _timer?.Dispose();
        _registration.Dispose();
    }

    private void GiveUp() => _source.TrySetResult(false);
}
