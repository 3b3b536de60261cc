using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Tests.Simulation;

namespace LookupProxy.Resolution.Tests.Caching;

public sealed class LifetimesTests
{
    [Fact]
    public void Answers_learnt_together_do_not_expire_together()
    {
        var lifetimes = new Lifetimes(new CacheSettings { Jitter = 0.1 }, new Chance(7));
        long[] ends = [.. Enumerable.Range(0, 10_000).Select(_ => lifetimes.Give(ScriptedServer.Exists("d"), 0, 0).FreshUntil)];
        var hour = TimeSpan.FromHours(1).Ticks;
        Assert.All(ends, end => Assert.InRange(end, (long)(hour * 0.9), hour));

        // Spread evenly: about a tenth in each tenth of the span.
        var tenths = ends.GroupBy(end => (hour - end) * 10 / (hour / 10)).Select(static group => group.Count()).ToArray();
        Assert.Equal(10, tenths.Length);
        Assert.All(tenths, static count => Assert.InRange(count, 800, 1200));
    }

    [Fact]
    public void The_same_seed_gives_the_same_times()
    {
        Assert.Equal(Draw(), Draw());

        static double[] Draw()
        {
            var chance = new Chance(42);
            return [.. Enumerable.Range(0, 10).Select(_ => chance.Next())];
        }
    }

    [Fact]
    public void Absurd_times_do_not_overflow()
    {
        var lifetimes = new Lifetimes(new CacheSettings { Exists = TimeSpan.MaxValue, Absent = TimeSpan.MinValue, StaleFor = TimeSpan.MaxValue }, new Chance(1));
        var slot = lifetimes.Give(ScriptedServer.Exists("d"), TimeSpan.FromDays(3650).Ticks, 0);
        Assert.True(slot.FreshUntil > slot.GivenAt);
        Assert.True(SheetClock.ToDate(slot.FreshUntil + lifetimes.StaleFor) > SheetClock.ToDate(slot.GivenAt));
        Assert.Equal(5, lifetimes.Give(Answer.No, 5, 0).FreshUntil);
    }
}
