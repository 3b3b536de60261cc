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
    public async Task Somebody_has_to_be_seen_after_each_absence()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_look_that_was_under_way_when_the_absence_was_heard_may_have_seen_who_is_gone_by_now()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        var early = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        var late = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();

        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        first.SetResult(null);
        Assert.Null(await early);
        Assert.Same(Nobody, await late);
    }

    [Fact]
    public async Task Somebody_found_by_a_question_put_after_the_absence_was_heard_saves_the_look()
    {
        var sight = Sight();
        var other = sight.Ask();
        var absence = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        var next = sight.Ask();
        sight.Asked(other, foundSomebody: false);
        Assert.False(absence.IsCompleted);
        sight.Asked(next, foundSomebody: true);
        Assert.Null(await absence);
        Assert.Equal(0, _looks);
    }

    [Fact]
    public async Task Somebody_found_by_a_question_put_before_may_be_gone_by_now()
    {
        var sight = Sight();
        var before = sight.Ask();
        var after = sight.Ask();
        var absence = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        sight.Asked(before, foundSomebody: true);
        Assert.False(absence.IsCompleted);
        sight.Asked(after, foundSomebody: false);
        Assert.Same(Nobody, await absence);
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task Those_heard_later_wait_for_somebody_found_later()
    {
        var sight = Sight();
        var open = sight.Ask();
        var early = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        var question = sight.Ask();
        var late = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        sight.Asked(question, foundSomebody: true);
        Assert.Null(await early);
        Assert.False(late.IsCompleted);
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        sight.Asked(open, foundSomebody: false);
        Assert.Same(Nobody, await late);
    }

    [Fact]
    public async Task Questions_that_hang_hold_no_absence_up_for_longer_than_a_moment()
    {
        var sight = Sight();
        sight.Ask();
        var absence = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        Assert.Equal(0, _looks);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await absence);
        Assert.Equal(1, _looks);
    }

    [Fact]
    public async Task An_absence_heard_during_a_look_waits_a_moment_for_the_next()
    {
        var sight = Sight();
        sight.Ask();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        var early = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromMilliseconds(2));
        var late = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        first.SetResult(null);
        Assert.Null(await early);
        Assert.False(late.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Same(Nobody, await late);
    }

    [Fact]
    public async Task A_glance_makes_do_with_a_look_of_a_moment_ago()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        _time.Advance(TimeSpan.FromMilliseconds(9));
        Assert.Null(sight.Glance());
        Assert.Equal(1, _looks);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(sight.Glance());
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task A_directory_that_loses_everybody_is_found_out_with_the_next_absence()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Same(Nobody, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
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
    public void A_glance_begins_a_look_and_waits_for_none()
    {
        var sight = Sight();
        var first = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(first.Task);
        Assert.Null(sight.Glance());
        Assert.Null(sight.Glance());
        Assert.Equal(1, _looks);

        first.SetResult(Nobody);
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
    public async Task A_slow_look_holds_nobody_up_where_somebody_was_seen_and_its_finding_counts()
    {
        var sight = Sight();
        await LookSlowlyAsync(sight);

        var looks = _looks;
        var last = new TaskCompletionSource<Answer.Unknown?>();
        _look = _ => new(last.Task);
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        Assert.Equal(looks + 1, _looks);

        last.SetResult(Nobody);
        Assert.Same(Nobody, sight.Glance());
        Assert.Equal(looks + 1, _looks);
    }

    [Fact]
    public async Task Somebody_seen_long_ago_does_not_do_while_slow_looks_tell_nothing()
    {
        var sight = Sight();
        await LookSlowlyAsync(sight);

        var busy = new Answer.Unknown(UnknownReason.Busy, "busy");
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(busy);
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        _time.Advance(TimeSpan.FromMinutes(60));
        Assert.Same(busy, await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
    }

    [Fact]
    public async Task An_absence_heard_over_a_later_connection_waits_for_a_later_look()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));

        // The server is started anew, empty.
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var connectedAt = _time.GetTimestamp();
        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(connectedAt, CancellationToken.None));
        Assert.Equal(2, _looks);
    }

    [Fact]
    public async Task Where_looks_are_slow_nobody_is_believed_unseen_of_a_server_that_was_started_anew()
    {
        var sight = Sight();
        await LookSlowlyAsync(sight);

        _look = _ => ValueTask.FromResult<Answer.Unknown?>(Nobody);
        Assert.Same(Nobody, await sight.FindBlindnessAsync(_time.GetTimestamp(), CancellationToken.None));
    }

    [Fact]
    public async Task Where_looks_are_slow_one_that_saw_nobody_is_waited_for_anew()
    {
        var sight = Sight();
        await LookSlowlyAsync(sight);
        var connectedAt = _time.GetTimestamp();
        Assert.Same(Nobody, await AskAsync());

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(Nobody, await AskAsync());

        Task<Answer.Unknown?> AskAsync()
        {
            var slow = new TaskCompletionSource<Answer.Unknown?>();
            _look = _ => new(slow.Task);
            var asked = sight.FindBlindnessAsync(connectedAt, CancellationToken.None).AsTask();
            _time.Advance(TimeSpan.FromSeconds(1));
            slow.SetResult(Nobody);
            return asked;
        }
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
    public async Task A_first_look_that_hangs_ends_as_a_timeout()
    {
        var sight = Sight();
        _look = HangAsync;
        var asked = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(14));
        Assert.False(asked.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(UnknownReason.Timeout, (await asked)!.Reason);
    }

    [Fact]
    public async Task A_look_that_hangs_after_quick_ones_is_soon_given_up()
    {
        var sight = Sight();
        Assert.Null(await sight.FindBlindnessAsync(Earlier, CancellationToken.None));
        _time.Advance(TimeSpan.FromSeconds(1));
        _look = HangAsync;
        var asked = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(UnknownReason.Timeout, (await asked)!.Reason);
    }

    [Fact]
    public async Task A_look_that_throws_is_a_fault_of_our_own()
    {
        var sight = Sight();
        _look = _ => throw new InvalidOperationException("oops");
        Assert.Equal(UnknownReason.InternalError, (await sight.FindBlindnessAsync(Earlier, CancellationToken.None))!.Reason);
    }

    private static async ValueTask<Answer.Unknown?> HangAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        return null;
    }

    /// <summary>Ten times, each of which takes a second, sees somebody and is past its time afterwards.</summary>
    private async Task LookSlowlyAsync(Sight sight)
    {
        for (var look = 0; look < 10; look++)
        {
            var slow = new TaskCompletionSource<Answer.Unknown?>();
            _look = _ => new(slow.Task);
            var asked = sight.FindBlindnessAsync(Earlier, CancellationToken.None).AsTask();
            _time.Advance(TimeSpan.FromSeconds(1));
            slow.SetResult(null);
            Assert.Null(await asked);
            _time.Advance(TimeSpan.FromMinutes(6));
        }
    }

    private Sight Sight() => new(
        cancellationToken =>
        {
            Interlocked.Increment(ref _looks);
            return _look(cancellationToken);
        },
        _time);
}
