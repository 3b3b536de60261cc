using LookupProxy.Resolution.Resilience;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Resolution.Tests.Resilience;

public sealed class TimeLimitsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public void The_token_is_cancelled_when_its_time_is_up()
    {
        var time = new ManualTimeProvider();
        var limit = new TimeLimits(Limit, time).Begin(CancellationToken.None);

        time.Advance(Limit - TimeSpan.FromTicks(1));
        Assert.False(limit.Token.IsCancellationRequested);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void What_ended_in_time_is_used_again()
    {
        var limits = new TimeLimits(Limit, TimeProvider.System);
        using var cutOff = new CancellationTokenSource();
        var first = limits.Begin(cutOff.Token);
        limits.End(first);

        var second = limits.Begin(CancellationToken.None);

        Assert.Same(first.Source, second.Source);
        cutOff.Cancel();
        Assert.False(second.Token.IsCancellationRequested);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_was_cut_off_is_not_used_again(bool cutOffBefore)
    {
        var limits = new TimeLimits(Limit, TimeProvider.System);
        using var cutOff = new CancellationTokenSource();
        if (cutOffBefore)
            cutOff.Cancel();
        var first = limits.Begin(cutOff.Token);
        cutOff.Cancel();
        Assert.True(first.Token.IsCancellationRequested);
        limits.End(first);

        Assert.False(limits.Begin(CancellationToken.None).Token.IsCancellationRequested);
    }

    [Fact]
    public void Many_at_once_each_have_their_own()
    {
        var limits = new TimeLimits(Limit, TimeProvider.System);
        var begun = Enumerable.Range(0, 10).Select(_ => limits.Begin(CancellationToken.None)).ToList();

        Assert.Equal(10, begun.Select(static limit => limit.Source).Distinct().Count());
    }
}
