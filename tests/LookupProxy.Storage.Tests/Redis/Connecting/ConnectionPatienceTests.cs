using LookupProxy.Storage.Redis.Connecting;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Storage.Tests.Redis.Connecting;

public sealed class ConnectionPatienceTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void It_doubles_from_connection_to_connection_up_to_its_longest()
    {
        var patience = new ConnectionPatience(_time);

        Assert.Equal([5, 10, 20, 40, 60, 60], Enumerable.Range(0, 6).Select(_ => SecondsUntilItEnds(patience)));
    }

    [Fact]
    public void A_connection_that_works_has_all_of_it_again()
    {
        var patience = new ConnectionPatience(_time);
        SecondsUntilItEnds(patience);
        SecondsUntilItEnds(patience);
        _time.Advance(TimeSpan.FromSeconds(19));
        patience.Worked();

        Assert.Equal(5, SecondsUntilItEnds(patience));
    }

    private int SecondsUntilItEnds(ConnectionPatience patience)
    {
        for (var seconds = 0; ; seconds++)
        {
            if (patience.Ends())
                return seconds;
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
