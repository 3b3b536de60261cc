using LookupProxy.Endpoints.Ldap.Users;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Ldap.Users;

public sealed class BindPenaltiesTests
{
    private static readonly UserBindOptions Options = new() { MaxTracked = 100, Delay = TimeSpan.FromSeconds(1), MaxDelay = TimeSpan.FromSeconds(10), ForgetAfter = TimeSpan.FromMinutes(1) };

    private readonly ManualTimeProvider _time = new();
    private readonly BindPenalties _penalties;

    public BindPenaltiesTests() => _penalties = new BindPenalties(Options, free: 3, _time);

    [Fact]
    public void After_the_free_ones_each_failure_doubles_the_pause_up_to_the_longest()
    {
        for (var i = 0; i < 3; i++)
            Assert.True(_penalties.TryEnter("anna"));
        foreach (var seconds in new[] { 1, 2, 4, 8, 10, 10 })
        {
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
            Assert.False(_penalties.TryEnter("anna"));
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.True(_penalties.TryEnter("anna"));
        }

        Assert.True(_penalties.TryEnter("zoe"));
    }

    [Fact]
    public void Attempts_at_the_same_moment_do_not_turn_each_other_away()
    {
        var penalties = new BindPenalties(Options, free: int.MaxValue, TimeProvider.System);
        var turnedAway = 0;

        Parallel.For(0, 200_000, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            if (!penalties.TryEnter("web page"))
                Interlocked.Increment(ref turnedAway);
        });

        Assert.Equal(0, turnedAway);
    }

    [Fact]
    public void An_attempt_that_is_turned_away_does_not_lengthen_the_pause()
    {
        for (var i = 0; i < 3; i++)
            _penalties.TryEnter("anna");
        for (var i = 0; i < 9; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            Assert.False(_penalties.TryEnter("anna"));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(_penalties.TryEnter("anna"));
    }

    [Fact]
    public void What_was_undone_does_not_count_and_what_was_forgotten_begins_anew()
    {
        for (var i = 0; i < 50; i++)
        {
            Assert.True(_penalties.TryEnter("anna"));
            _penalties.Undo("anna");
        }

        Assert.Equal(0, _penalties.Count);
        for (var i = 0; i < 3; i++)
            _penalties.TryEnter("anna");
        _penalties.Forget("anna");
        Assert.True(_penalties.TryEnter("anna"));
    }

    [Fact]
    public void Long_after_the_last_failure_all_is_forgotten()
    {
        for (var i = 0; i < 3; i++)
            Fail("anna");
        _time.Advance(Options.ForgetAfter);

        for (var i = 0; i < 3; i++)
            Assert.True(_penalties.TryEnter("anna"));
        Assert.False(_penalties.TryEnter("anna"));
    }

    [Fact]
    public void Right_passwords_do_not_lengthen_what_wrong_ones_have_brought_on()
    {
        for (var i = 0; i < 3; i++)
            Fail("portal");
        for (var i = 0; i < 6; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(_penalties.TryEnter("portal"));
            _time.Advance(TimeSpan.FromSeconds(5));
            Assert.True(_penalties.TryEnter("portal"));
            _penalties.Undo("portal");
            _penalties.Undo("portal");
        }

        for (var i = 0; i < 3; i++)
            Assert.True(_penalties.TryEnter("portal"));
    }

    [Fact]
    public void Memory_is_bounded_and_the_oldest_goes_first()
    {
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromTicks(1));
            for (var j = 0; j < 3; j++)
                _penalties.TryEnter($"user{i}");
        }

        _penalties.TryEnter("one more");

        Assert.Equal(100, _penalties.Count);
        Assert.False(_penalties.TryEnter("user1"));
        Assert.True(_penalties.TryEnter("user0"));
    }

    private void Fail(string key)
    {
        _penalties.TryEnter(key);
        _penalties.Failed(key);
    }
}
