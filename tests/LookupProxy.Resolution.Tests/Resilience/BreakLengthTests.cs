using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class BreakLengthTests
{
    private static readonly BreakerSettings Settings = new();

    [Fact]
    public void It_doubles_with_each_failure_up_to_its_longest()
    {
        var length = new BreakLength(Settings);
        long now = 0;
        length.Opened(now, goodAnswers: 0);
        var breaks = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            var began = now;
            while (!length.HasPassed(now))
                now += TimeSpan.TicksPerSecond;
            breaks.Add(TimeSpan.FromTicks(now - began).TotalSeconds);
            length.Failed(now);
        }

        Assert.Equal([5, 10, 20, 30, 30, 30], breaks);
    }

    [Fact]
    public void It_begins_anew_after_the_circuit_has_been_closed_for_a_while()
    {
        var length = new BreakLength(Settings);
        length.Opened(0, goodAnswers: 0);
        length.Failed(0);
        length.Closed(0);
        var later = Settings.Window.Ticks;
        length.Opened(later, goodAnswers: 0);
        Assert.True(length.MayClose(later));
        Assert.False(length.HasPassed(later + Settings.BreakFor.Ticks - 1));
        Assert.True(length.HasPassed(later + Settings.BreakFor.Ticks));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(49, false)]
    [InlineData(50, true)]
    public void Faults_that_come_soon_after_each_other_are_no_flutter_where_the_server_was_well_between(int goodAnswers, bool mayClose)
    {
        var length = new BreakLength(Settings);
        for (var i = 0; i < 4; i++)
        {
            length.Opened(0, goodAnswers);
            Assert.Equal(mayClose || i < 3, length.MayClose(0));
            length.Closed(0);
        }
    }

    [Fact]
    public void Who_opens_it_again_and_again_rests_for_a_second_and_has_more_and_more_to_prove()
    {
        var length = new BreakLength(Settings);
        var trials = new List<int>();
        for (var i = 0; i < 8; i++)
        {
            length.Opened(0, goodAnswers: 0);
            trials.Add(length.Trials);
            length.Closed(0);
        }

        Assert.Equal([1, 1, 1, 2, 4, 8, 8, 8], trials);
        Assert.False(length.MayClose(TimeSpan.TicksPerSecond - 1));
        Assert.True(length.MayClose(TimeSpan.TicksPerSecond));
    }
}
