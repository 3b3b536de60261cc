using LookupProxy.Core.Recipients;

namespace LookupProxy.Directories.Ldap.Sighting;

/// <summary>
/// Whether a server shows us any recipient at all. An attribute that is misspelt or may not be read, an empty restore, a base with nobody below:
/// in all of these every search succeeds and finds nothing (RFC 4511 4.5.1.7), so an absence counts only where somebody is seen.
/// Somebody has to be found by what was asked after the absence was heard: whoever was seen before may be gone by then. While other questions are under way
/// one of those that follow may find somebody, so they are given a moment; then there is a look. One look at a time serves all who wait.
/// Where looks are slow nobody waits for one while the last is minutes old at most; but it says nothing of a server that has been started anew since.
/// </summary>
/// <param name="look">Null when people are seen or nothing speaks against it; NotReady when nobody is, Distrusted when not all; any other reason when it could not be told.</param>
internal sealed class Sight(Func<CancellationToken, ValueTask<Answer.Unknown?>> look, TimeProvider time)
{
    private static readonly TimeSpan _moment = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<Doubt> _doubts = [];
    private ITimer? _momentIsOver;
    private Known? _last;
    private int _underWay;
    private bool _isLooking;

    // What has happened here so far: puts questions, absences and looks in order.
    private long _events;

    /// <summary>Somebody waits, and no question is under way that another could follow.</summary>
    private bool MustLook_NeedsLock => _underWay == 0 && _doubts.Count > 0;

    /// <summary>A question for an address is about to be put.</summary>
    /// <returns>For <see cref="Asked"/>, which must follow.</returns>
    public long Ask()
    {
        lock (_gate)
        {
            _underWay++;
            return ++_events;
        }
    }

    /// <summary>The question has ended.</summary>
    /// <param name="at">What <see cref="Ask"/> gave.</param>
    public void Asked(long at, bool foundSomebody)
    {
        List<Doubt>? dispelled = null;
        bool mustLook;
        lock (_gate)
        {
            _underWay--;
            if (foundSomebody)
                dispelled = Take_NeedsLock(at);
            mustLook = MustLook_NeedsLock;
        }

        if (mustLook)
            LookOnce();
        End(dispelled, blindness: null);
    }

    /// <summary>Called for each absence, after the question that heard it has ended.</summary>
    /// <param name="connectedAt">Timestamp of the beginning of the connection over which it was heard.</param>
    /// <returns>Null when absences count.</returns>
    public ValueTask<Answer.Unknown?> FindBlindnessAsync(long connectedAt, CancellationToken cancellationToken)
    {
        var last = Volatile.Read(ref _last);
        if (last?.Began < connectedAt)
            last = null;
        if (last is { Blindness: not null } && IsFresh(last))
            return new(last.Blindness);
        if (last is { Pace.IsSlow: true })
        {
            if (!IsFresh(last))
                LookOnce();
            if (last.Blindness is null && time.GetElapsedTime(last.Began) < SightPace.Outdated)
                return default;
        }

        Doubt doubt;
        bool mustLook;
        lock (_gate)
        {
            doubt = new Doubt(++_events);
            _doubts.Enqueue(doubt);
            mustLook = MustLook_NeedsLock;
            if (!mustLook && _doubts.Count == 1)
                AwaitMoment_NeedsLock();
        }

        if (mustLook)
            LookOnce();
        return doubt.WaitAsync(cancellationToken);
    }

    /// <summary>For a probe: whether nobody is seen, as far as is known, waiting for nothing. Begins a look when one is due.</summary>
    public Answer.Unknown? Glance()
    {
        if (!IsFresh(Volatile.Read(ref _last)))
            LookOnce();
        return Volatile.Read(ref _last)?.Blindness is { Reason: UnknownReason.NotReady } nobody ? nobody : null;
    }

    private bool IsFresh(Known? known) =>
        known is not null && time.GetElapsedTime(known.Began) < (known.Blindness is null ? known.Pace.GoodFor : known.Pace.BlindFor);

    private void LookOnce()
    {
        long at;
        lock (_gate)
        {
            if (_isLooking)
                return;
            _isLooking = true;
            at = ++_events;
        }

        _ = RunAsync(at);
    }

    private async Task RunAsync(long at)
    {
        var began = time.GetTimestamp();
        var pace = Volatile.Read(ref _last)?.Pace;
        var found = await TryLookAsync(SightPace.PatienceAfter(pace));
        // What could not be told is not kept.
        if (found is null or { Reason: UnknownReason.NotReady or UnknownReason.Distrusted })
            Volatile.Write(ref _last, new(began, SightPace.After(pace, time.GetElapsedTime(began)), found));

        List<Doubt>? ended;
        bool mustLook;
        lock (_gate)
        {
            _isLooking = false;
            ended = Take_NeedsLock(found is null ? at : long.MaxValue);
            mustLook = MustLook_NeedsLock;
            if (!mustLook && _doubts.Count > 0)
                AwaitMoment_NeedsLock();
        }

        if (mustLook)
            LookOnce();
        End(ended, found);
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

    private void AwaitMoment_NeedsLock()
    {
        _momentIsOver ??= time.CreateTimer(static sight => ((Sight)sight!).EndMoment(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _momentIsOver.Change(_moment, Timeout.InfiniteTimeSpan);
    }

    private void EndMoment()
    {
        bool isWaitedFor;
        lock (_gate)
            isWaitedFor = _doubts.Count > 0;
        if (isWaitedFor)
            LookOnce();
    }

    /// <summary>Those heard before the event; null when there are none, as mostly.</summary>
    private List<Doubt>? Take_NeedsLock(long before)
    {
        List<Doubt>? taken = null;
        while (_doubts.TryPeek(out var first) && first.HeardAt <= before)
            (taken ??= []).Add(_doubts.Dequeue());
        return taken;
    }

    private static void End(List<Doubt>? doubts, Answer.Unknown? blindness)
    {
        if (doubts is null)
            return;
        foreach (var doubt in doubts)
            doubt.End(blindness);
    }

    private sealed record Known(long Began, SightPace Pace, Answer.Unknown? Blindness);
}
