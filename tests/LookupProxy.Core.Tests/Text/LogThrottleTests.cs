using LookupProxy.Core.Text;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Core.Tests.Text;

public sealed class LogThrottleTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void A_few_lines_pass_and_the_next_one_says_how_many_did_not()
    {
        var throttle = new LogThrottle(_time, burst: 2, window: TimeSpan.FromMinutes(1));
        Assert.Equal([(true, 0), (true, 0), (false, 0), (false, 0)], Enumerable.Range(0, 4).Select(_ => Try(throttle)));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal([(true, 2), (true, 0), (false, 0)], Enumerable.Range(0, 3).Select(_ => Try(throttle)));
    }

    [Fact]
    public void The_time_begins_with_the_first_line()
    {
        var throttle = new LogThrottle(_time, burst: 1, window: TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.True(throttle.Allow(out _));
        _time.Advance(TimeSpan.FromSeconds(59));
        Assert.False(throttle.Allow(out _));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(throttle.Allow(out _));
    }

    private static (bool Passes, int Suppressed) Try(LogThrottle throttle) => (throttle.Allow(out var suppressed), suppressed);
}
