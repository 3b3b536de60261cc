namespace LookupProxy.TestKit.Time;

/// <summary>
/// Time that moves only when a test moves it. Timers fire inside <see cref="Advance"/>, on its thread, in order of their due time,
/// each with the clock at its own due time; one that is due at once waits for the next Advance, also Advance(0). Safe to use from several threads.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    public static readonly DateTimeOffset DefaultStart = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _start;
    private TimeSpan _elapsed;
    private TaskCompletionSource _timersChanged = NewSignal();

    public ManualTimeProvider()
        : this(DefaultStart)
    {
    }

    public ManualTimeProvider(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>Time advanced since the start.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_gate)
                return _elapsed;
        }
    }

    /// <summary>Timers that are set to fire.</summary>
    public int ActiveTimers
    {
        get
        {
            lock (_gate)
                return _timers.Count;
        }
    }

    /// <summary>Time from now to the next timer; null when none is set.</summary>
    public TimeSpan? NextDueIn
    {
        get
        {
            lock (_gate)
                return _timers.Count == 0 ? null : _timers.Min(static timer => timer.Due) - _elapsed;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _start + _elapsed;
    }

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets the time of day and nothing else: somebody set the clock, or the machine has slept, when timestamps and timers stand still.</summary>
    public void SetTimeOfDay(TimeSpan by)
    {
        lock (_gate)
            _start += by;
    }

    /// <summary>Moves the clock and fires what falls due, also timers that a callback sets within the span.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        TimeSpan target;
        lock (_gate)
            target = _elapsed + by;
        while (TakeNextDue(target) is { } timer)
            timer.Fire();
        lock (_gate)
        {
            if (target > _elapsed)
                _elapsed = target;
        }
    }

    /// <summary>Completes when at least <paramref name="count"/> timers are set: the code under test has reached its waiting point.</summary>
    public async Task WaitForTimersAsync(int count, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_timers.Count >= count)
                    return;
                changed = _timersChanged.Task;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    internal void Set(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Due = _elapsed + dueTime;
                _timers.Add(timer);
            }

            signal = _timersChanged;
            _timersChanged = NewSignal();
        }

        signal.SetResult();
    }

    internal void Remove(ManualTimer timer) => Set(timer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ManualTimer? TakeNextDue(TimeSpan target)
    {
        lock (_gate)
        {
            ManualTimer? next = null;
            foreach (var timer in _timers)
            {
                // The first in the list wins a tie: timers fire in the order in which they were set.
                if (timer.Due <= target && (next is null || timer.Due < next.Due))
                    next = timer;
            }

            if (next is null)
                return null;
            if (next.Due > _elapsed)
                _elapsed = next.Due;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.Due += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }
}
