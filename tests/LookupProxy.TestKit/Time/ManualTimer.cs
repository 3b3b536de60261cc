namespace LookupProxy.TestKit.Time;

internal sealed class ManualTimer(ManualTimeProvider clock, TimerCallback callback, object? state) : ITimer
{
    private int _disposed;

    /// <summary>Time since the clock's start; guarded by the clock.</summary>
    public TimeSpan Due { get; set; }

    /// <summary>Zero or infinite: fires once. Guarded by the clock.</summary>
    public TimeSpan Period { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (Volatile.Read(ref _disposed) != 0)
            return false;
        clock.Set(this, dueTime, period);
        return true;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            clock.Remove(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
