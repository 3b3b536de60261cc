using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Whether a server shows us any recipient at all. An attribute that is misspelt or may not be read, an empty restore, a base with nobody below:
/// in all of these every search succeeds and finds nothing (RFC 4511 4.5.1.7), so an absence counts only where somebody is seen.
/// One look serves all; it is repeated from time to time and holds nobody up but before the first has ended.
/// A look says nothing of a server that has been started anew since: an absence heard over a later connection waits for a later look.
/// </summary>
/// <param name="look">Null when somebody is seen or nothing speaks against it; NotReady when nobody is; any other reason when it could not be told.</param>
internal sealed class Sight(Func<CancellationToken, ValueTask<Answer.Unknown?>> look, TimeProvider time)
{
    /// <summary>How long a look is good for.</summary>
    private static readonly TimeSpan _good = TimeSpan.FromMinutes(5);

    /// <summary>Least pause between looks while nobody is seen.</summary>
    private static readonly TimeSpan _blind = TimeSpan.FromSeconds(1);

    /// <summary>Such a look may have to read the whole directory: the pause is this many times what it took.</summary>
    private const int Rest = 3;

    /// <summary>Above the time limit that the search itself carries.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    private Known? _last;
    private Look? _looking;

    /// <summary>Called for each absence.</summary>
    /// <param name="connectedAt">Timestamp of the beginning of the connection over which it was heard.</param>
    /// <returns>Null when absences count.</returns>
    public async ValueTask<Answer.Unknown?> FindBlindnessAsync(long connectedAt, CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last?.Began < connectedAt)
            last = null;
        if (IsFresh(last))
            return last?.Blindness;
        var looking = LookOnce();
        // Where somebody was seen before, that holds until the new look says otherwise.
        if (last is { Blindness: null })
            return null;
        var found = await looking.Found.WaitAsync(cancellationToken);
        return looking.Began < connectedAt ? await LookOnce().Found.WaitAsync(cancellationToken) : found;
    }

    /// <summary>For a probe: what is known, waiting for nothing. Begins a look when one is due.</summary>
    public Answer.Unknown? Glance()
    {
        if (!IsFresh(Volatile.Read(ref _last)))
            LookOnce();
        return Volatile.Read(ref _last)?.Blindness;
    }

    private bool IsFresh(Known? known) => known is not null && time.GetElapsedTime(known.At) < known.Good;

    private Look LookOnce()
    {
        var mine = new Look(time.GetTimestamp());
        if (Interlocked.CompareExchange(ref _looking, mine, null) is { } theirs)
            return theirs;
        _ = RunAsync(mine);
        return mine;
    }

    private async Task RunAsync(Look mine)
    {
        var found = await TryLookAsync();
        // What could not be told is not kept.
        if (found is null)
            Volatile.Write(ref _last, new(mine.Began, time.GetTimestamp(), _good, null));
        else if (found.Reason is UnknownReason.NotReady)
            Volatile.Write(ref _last, new(mine.Began, time.GetTimestamp(), Pause(time.GetElapsedTime(mine.Began)), found));
        Volatile.Write(ref _looking, null);
        mine.End(found);
    }

    private async Task<Answer.Unknown?> TryLookAsync()
    {
        try
        {
            using var timeout = new CancellationTokenSource(_patience, time);
            return await look(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return new(UnknownReason.Timeout, $"whether anybody is seen was not told within {_patience.TotalSeconds:0} s");
        }
        catch (Exception exception)
        {
            return new(UnknownReason.InternalError, exception.Message);
        }
    }

    private static TimeSpan Pause(TimeSpan took) => took * Rest > _blind ? took * Rest : _blind;

    /// <param name="Good">For how long after <paramref name="At"/>.</param>
    private sealed record Known(long Began, long At, TimeSpan Good, Answer.Unknown? Blindness);

    private sealed class Look(long began)
    {
        private readonly TaskCompletionSource<Answer.Unknown?> _found = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Began => began;

        public Task<Answer.Unknown?> Found => _found.Task;

        public void End(Answer.Unknown? found) => _found.SetResult(found);
    }
}
