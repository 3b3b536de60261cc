namespace LookupProxy.Resolution.Timing;

/// <summary>Something that one waiter waits for, for a limited time.</summary>
internal sealed class TimedSignal : IDisposable
{
    private readonly TaskCompletionSource<bool> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer? _timer;
    private readonly CancellationTokenRegistration _registration;

    /// <param name="limit">Infinite for none.</param>
    public TimedSignal(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (limit != Timeout.InfiniteTimeSpan)
            _timer = time.CreateTimer(static signal => ((TimedSignal)signal!)._source.TrySetResult(false), this, limit, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(static signal => ((TimedSignal)signal!)._source.TrySetResult(false), this);
    }

    /// <summary>True when it was set; false when time ran out or the token was cancelled before. Never fails.</summary>
    public Task<bool> Task => _source.Task;

    public void Set() => _source.TrySetResult(true);

    public void Dispose()
    {
        _timer?.Dispose();
        _registration.Dispose();
    }
}
