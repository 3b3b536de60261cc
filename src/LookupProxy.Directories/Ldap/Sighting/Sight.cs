using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Whether a server shows us any recipient at all. An attribute that is misspelt or may not be read, an empty restore, a base with nobody below:
/// in all of these every search succeeds and finds nothing (RFC 4511 4.5.1.7), so an absence counts only where somebody is seen.
/// One look serves all; it is repeated from time to time and holds nobody up but before the first has ended.
/// </summary>
/// <param name="look">Null when somebody is seen or nothing speaks against it; NotReady when nobody is; any other reason when it could not be told.</param>
internal sealed class Sight(Func<CancellationToken, ValueTask<Answer.Unknown?>> look, TimeProvider time)
{
    /// <summary>How long a look is good for.</summary>
    private static readonly TimeSpan _good = TimeSpan.FromMinutes(5);

    /// <summary>Between looks while nobody is seen: each may have to read the whole directory.</summary>
    private static readonly TimeSpan _blind = TimeSpan.FromSeconds(1);

    /// <summary>Above the time limit that the search itself carries.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private Known? _last;
    private TaskCompletionSource<Answer.Unknown?>? _looking;

    /// <summary>Called for each absence.</summary>
    /// <returns>Null when absences count.</returns>
    public async ValueTask<Answer.Unknown?> FindBlindnessAsync(CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last is not null && time.GetElapsedTime(last.At) < (last.Blindness is null ? _good : _blind))
            return last.Blindness;
        var looking = LookOnce();
        // Where somebody was seen before, that holds until the new look says otherwise.
        return last is { Blindness: null } ? null : await looking.WaitAsync(cancellationToken);
    }

    /// <summary>A look of one's own, for a probe.</summary>
    public async ValueTask<Answer.Unknown?> LookAsync(CancellationToken cancellationToken)
    {
        var found = await look(cancellationToken);
        if (found is null or { Reason: UnknownReason.NotReady })
            Volatile.Write(ref _last, new(time.GetTimestamp(), found));
        return found;
    }

    private Task<Answer.Unknown?> LookOnce()
    {
        var mine = new TaskCompletionSource<Answer.Unknown?>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _looking, mine, null) is { } theirs)
            return theirs.Task;
        _ = RunAsync(mine);
        return mine.Task;
    }

    private async Task RunAsync(TaskCompletionSource<Answer.Unknown?> result)
    {
        Answer.Unknown? found;
        try
        {
            using var timeout = new CancellationTokenSource(_patience, time);
            found = await LookAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            found = new(UnknownReason.Timeout, $"whether anybody is seen was not told within {_patience.TotalSeconds:0} s");
        }
        catch (Exception exception)
        {
            found = new(UnknownReason.InternalError, exception.Message);
        }

        Volatile.Write(ref _looking, null);
        result.SetResult(found);
    }

    private sealed record Known(long At, Answer.Unknown? Blindness);
}
