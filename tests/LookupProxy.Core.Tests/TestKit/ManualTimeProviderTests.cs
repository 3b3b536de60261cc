using LookupProxy.TestKit.Time;

namespace LookupProxy.Core.Tests.TestKit;

public sealed class ManualTimeProviderTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Time_moves_only_by_advance()
    {
        var stamp = _clock.GetTimestamp();
        Assert.Equal(ManualTimeProvider.DefaultStart, _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromMilliseconds(1500));
        Assert.Equal(TimeSpan.FromMilliseconds(1500), _clock.GetElapsedTime(stamp));
        Assert.Equal(ManualTimeProvider.DefaultStart + TimeSpan.FromMilliseconds(1500), _clock.GetUtcNow());
    }

    [Fact]
    public void Timers_fire_in_order_each_at_its_own_due_time()
    {
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", 5, fired);
        using var early = Timer("early", 2, fired);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([("early", TimeSpan.FromSeconds(2))], fired);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal([("early", TimeSpan.FromSeconds(2)), ("late", TimeSpan.FromSeconds(5))], fired);
        Assert.Equal(TimeSpan.FromSeconds(8), _clock.Elapsed);
    }

    [Fact]
    public void A_periodic_timer_fires_for_each_period_until_disposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, count);
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, count);
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), TimeSpan.Zero));
        Assert.Equal(0, _clock.ActiveTimers);
    }

    [Fact]
    public async Task Delays_and_cancellation_sources_follow_it()
    {
        var delay = Task.Delay(TimeSpan.FromSeconds(3), _clock);
        using var source = new CancellationTokenSource(TimeSpan.FromSeconds(2), _clock);
        await _clock.WaitForTimersAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(source.IsCancellationRequested);
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
    }

    private ITimer Timer(string name, int seconds, List<(string, TimeSpan)> fired) =>
        _clock.CreateTimer(_ => fired.Add((name, _clock.Elapsed)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
}
