using LookupProxy.Core.Recipients;
using LookupProxy.Directories.Ldap.Sighting;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Directories.Tests.Ldap.Sighting;

public class SightTests
{
    private static readonly Answer.Unknown Nobody = new(UnknownReason.NotReady, "nobody");

    /// <summary>Of a connection that began before any look.</summary>
    private const long Earlier = 0;

    private readonly ManualTimeProvider _time = new();
    private Func<CancellationToken, ValueTask<Answer.Unknown?>> _look = _ => ValueTask.FromResult<Answer.Unknown?>(null);
    private int _looks;

    [Fact]
    public async Task Somebody_seen_is_good_for_five_minutes()
    {
        var sight = Sight();
        for (var minute = 0; minute < 10; minute++)
        {
            Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Nobody_seen_makes_no_absence_until_somebody_is()
    {
        var sight = Sight();
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(1, _looks);

        _look = _ => ValueTask.FromResult<Answer.Unknown?>(null);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_long_look_that_sees_nobody_is_followed_by_a_longer_pause()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        var asked = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(4));
        first.SetResult(Nobody);
        await asked;

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(1, _looks);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_glance_begins_a_look_and_waits_for_none()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        Assert.Null(sight.Glance());
        Assert.Null(sight.Glance());
        Assert.Equal(1, _looks);

        first.SetResult(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Same(Nobody, sight.Glance());
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task What_could_not_be_told_is_passed_on_and_told_anew()
    {
        var sight = Sight();
        var busy = new Answer.Unknown(UnknownReason.Busy, "busy");
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(busy);
        Assert.Same(busy, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Same(busy, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_later_look_holds_nobody_up_and_its_finding_counts()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(6));

        var second = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(second.Task);
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);

        second.SetResult(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task An_absence_heard_over_a_later_connection_waits_for_a_later_look()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));

        // The server is started anew, empty.
        _time.Advance(TimeSpan.FromSeconds(1));
        var connectedAt = _time.GetTimestamp();
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(connectedAt, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_look_that_began_before_the_connection_is_followed_by_another()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        var early = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(1));
        var late = sight.FindBlindnessAsync(_time.GetTimestamp(), CancellationToken.None).AsTask();

        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        first.SetResult(null);
        Assert.Null(await early);
        Assert.Same(Nobody, await late);
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task One_look_serves_all_who_wait_and_outlives_each()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        using var cancel = new CancellationTokenSource();
        var impatient = sight.FindBlindnessAsync(Earlier, cancel.Token).AsTask();
        var patient = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

        first.SetResult(Nobody);
        Assert.Same(Nobody, await patient);
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task A_look_that_hangs_ends_as_a_timeout()
    {
        var sight = Sight();
        _look = async cancellationToken =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            return null;
        };
        var asked = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal(UnknownReason.Timeout, (await asked)!.Reason);
    }

    [Fact]
    public async Task A_look_that_throws_is_a_fault_of_our_own()
    {
        var sight = Sight();
        _look = _ => throw new InvalidOperationException("oops");
        Assert.Equal(UnknownReason.InternalError, (await sight.FindBlindnessAsync(Earlier, CancellationToken.None))!.Reason);
    }

    private Sight Sight() => new(
        cancellationToken =>
        {
            Interlocked.Increment(ref _looks);
            return _look(cancellationToken);
        },
        _time);
}
