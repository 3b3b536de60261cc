using LookupProxy.Endpoints.Connections;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Connections;

public sealed class PhaseWatchTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PhaseWatch _watch;

    public PhaseWatchTests() =>
        _watch = new(new ConnectionLimits { Idle = TimeSpan.FromSeconds(10), Request = TimeSpan.FromSeconds(5), Answer = TimeSpan.FromSeconds(20), Write = TimeSpan.FromSeconds(3) }, _time);

    [Theory]
    [InlineData(ConnectionPhase.Idle, 10)]
    [InlineData(ConnectionPhase.Reading, 5)]
    [InlineData(ConnectionPhase.Answering, 20)]
    [InlineData(ConnectionPhase.Writing, 3)]
    internal void Each_phase_has_its_own_limit_counted_from_the_first_beat_that_sees_it(ConnectionPhase phase, int seconds)
    {
        _watch.Enter(phase);
        Assert.Null(_watch.Overdue());
        for (var i = 1; i < seconds; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(_watch.Overdue());
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(phase, _watch.Overdue());
    }

    [Fact]
    public void The_same_phase_entered_anew_begins_anew()
    {
        _watch.Enter(ConnectionPhase.Writing);
        _watch.Overdue();
        _time.Advance(TimeSpan.FromSeconds(60));
        _watch.Enter(ConnectionPhase.Writing);

        Assert.Null(_watch.Overdue());
        Assert.Equal(ConnectionPhase.Writing, _watch.Phase);
    }
}
