using LookupProxy.Directories.Ldap.Sighting;

namespace LookupProxy.Directories.Tests.Ldap.Sighting;

public class SightPaceTests
{
    [Fact]
    public void A_first_look_that_had_to_connect_makes_no_slow_server()
    {
        var pace = SightPace.After(null, Milliseconds(800));
        Assert.Equal(Milliseconds(10), pace.Time);
        Assert.False(pace.IsSlow);
    }

    [Fact]
    public void A_server_that_is_slow_again_and_again_is_slow()
    {
        SightPace? pace = null;
        var looks = 0;
        while (pace is not { IsSlow: true })
        {
            pace = SightPace.After(pace, Milliseconds(800));
            looks++;
        }

        Assert.Equal(6, looks);
        Assert.Equal(Milliseconds(1), SightPace.After(pace, Milliseconds(1)).Time);
    }

    [Theory]
    [InlineData(0.1, 10, 3)]
    [InlineData(5, 50, 15)]
    [InlineData(250, 2_500, 750)]
    [InlineData(300, 30_000, 900)]
    [InlineData(10_000, 300_000, 30_000)]
    public void The_slower_the_look_the_seldomer(double time, double good, double blind)
    {
        var pace = SightPace.After(new SightPace(Milliseconds(time)), Milliseconds(time));
        Assert.Equal(Milliseconds(good), pace.GoodFor);
        Assert.Equal(Milliseconds(blind), pace.BlindFor);
    }

    [Theory]
    [InlineData(1, 2_000)]
    [InlineData(1_000, 4_000)]
    [InlineData(10_000, 15_000)]
    public void A_look_may_take_some_times_what_the_last_took(double last, double patience) =>
        Assert.Equal(Milliseconds(patience), SightPace.PatienceAfter(new SightPace(Milliseconds(last))));

    [Fact]
    public void The_first_may_take_all_that_the_server_is_given() => Assert.Equal(TimeSpan.FromSeconds(15), SightPace.PatienceAfter(null));

    private static TimeSpan Milliseconds(double value) => TimeSpan.FromMilliseconds(value);
}
