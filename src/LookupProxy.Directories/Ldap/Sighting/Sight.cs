using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Whether a server shows us any recipient at all. An attribute that is misspelt or may not be read, an empty restore, a base with nobody below:
/// in all of these every search succeeds and finds nothing (RFC 4511 4.5.1.7), so an absence counts only where somebody is seen.
/// The look comes after the absence was heard: what was seen before may be gone by then. One look at a time serves all who ask meanwhile, so that
/// a server has one search more under way, however many absences it gives.
/// Where looks are slow nobody waits for one, and the last has to do for minutes; but it says nothing of a server that has been started anew since.
/// </summary>
/// <param name="look">Null when somebody is seen or nothing speaks against it; NotReady when nobody is; any other reason when it could not be told.</param>
internal sealed class Sight(Func<CancellationToken, ValueTask<Answer.Unknown?>> look, TimeProvider time)
{
    private Known? _last;
    private Look? _looking;

    /// <summary>Called for each absence.</summary>
    /// <param name="connectedAt">Timestamp of the beginning of the connection over which it was heard.</param>
    /// <returns>Null when absences count.</returns>
    public async ValueTask<Answer.Unknown?> FindBlindnessAsync(long connectedAt, CancellationToken cancellationToken)
    {
        var heardAt = time.GetTimestamp();
        var last = Volatile.Read(ref _last);
        if (last?.Began < connectedAt)
            last = null;
        if (last is { Blindness: not null } && IsFresh(last))
            return last.Blindness;
        if (last is { Pace.IsSlow: true })
        {
            if (!IsFresh(last))
                LookOnce();
            if (last.Blindness is null)
                return null;
        }

        var looking = LookOnce();
        var found = await looking.Found.WaitAsync(cancellationToken);
        return found is null && looking.Began < heardAt ? await LookOnce().Found.WaitAsync(cancellationToken) : found;
    }

    /// <summary>For a probe: what is known, waiting for nothing. Begins a look when one is due.</summary>
    public Answer.Unknown? Glance()
    {
        if (!IsFresh(Volatile.Read(ref _last)))
            LookOnce();
        return Volatile.Read(ref _last)?.Blindness;
    }

    private bool IsFresh(Known? known) =>
        known is not null && time.GetElapsedTime(known.Began) < (known.Blindness is null ? known.Pace.GoodFor : known.Pace.BlindFor);

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
        var pace = Volatile.Read(ref _last)?.Pace;
        var found = await TryLookAsync(SightPace.PatienceAfter(pace));
        // What could not be told is not kept.
        if (found is null or { Reason: UnknownReason.NotReady })
            Volatile.Write(ref _last, new(mine.Began, SightPace.After(pace, time.GetElapsedTime(mine.Began)), found));
        Volatile.Write(ref _looking, null);
        mine.End(found);
    }

    private async Task<Answer.Unknown?> TryLookAsync(TimeSpan patience)
    {
        try
        {
            using var timeout = new CancellationTokenSource(patience, time);
            return await look(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return new(UnknownReason.Timeout, $"whether anybody is seen was not told within {patience.TotalSeconds:0.#} s");
        }
        catch (Exception exception)
        {
            return new(UnknownReason.InternalError, exception.Message);
        }
    }

    private sealed record Known(long Began, SightPace Pace, Answer.Unknown? Blindness);

    private sealed class Look(long began)
    {
        // Those who wait go on within End, which is the last thing that the thread does: absences are many, and to wake a thread of the pool for each costs more than they do.
        private readonly TaskCompletionSource<Answer.Unknown?> _found = new();

        public long Began => began;

        public Task<Answer.Unknown?> Found => _found.Task;

        public void End(Answer.Unknown? found) => _found.SetResult(found);
    }
}
