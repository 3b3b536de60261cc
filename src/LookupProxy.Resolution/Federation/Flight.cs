using System.Diagnostics;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Recipients;
using LookupProxy.Core.Storage;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Storing;
using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Federation;

/// <summary>
/// Asks directories about one address once, for all who want to know. Nobody's cancellation or deadline ends it: each question runs to its own end,
/// so that a directory which hangs is noticed although another has long decided, and a late answer is still learnt.
/// </summary>
internal sealed class Flight
{
    /// <summary>In place of a directory: those whose answer is missing or old, unless the address is decided without them.</summary>
    public const int Missing = -1;

    /// <summary>In place of a directory: those whose answer is missing or not of these days, also of an address that is decided.</summary>
    public const int Everywhere = -2;

    private static readonly Failure?[] NoFailures = [];

    private readonly Lock _gate = new();
    private readonly Flights _flights;
    private readonly Failure?[] _failures;
    private readonly int _only;
    private readonly Address _address;
    private AnswerSheet _sheet;
    private List<TimedSignal>? _waiters;
    private int _remaining;
    private int _decisions;
    private bool _isSettled;
    private bool _isGone;
    private bool _isForgotten;
    private bool _hasNews;
    private bool _hasFailed;

    /// <param name="sheet">An empty sheet of the address.</param>
    /// <param name="address">In its canonical form.</param>
    /// <param name="only">The one directory to ask, whatever it last said; or <see cref="Missing"/> or <see cref="Everywhere"/>.</param>
    public Flight(Flights flights, AnswerSheet sheet, Address address, int only)
    {
        _flights = flights;
        _sheet = sheet;
        _only = only;
        _address = address;
        _failures = new Failure?[sheet.Slots.Length];
        Namespace = sheet.Namespace;
        Key = sheet.Key;
        StartedAt = flights.Clock.Now;
    }

    public NamespaceState Namespace { get; }

    public string Key { get; }

    public long StartedAt { get; }

    public bool IsSettled
    {
        get
        {
            lock (_gate)
                return _isSettled;
        }
    }

    /// <summary>Sets the signal at the next answer that makes the address valid, or when all have been given; at once when that has been since the waiter looked.</summary>
    /// <param name="decisions">That the waiter has seen. They need not have decided for it: an old Exists may have become too old since.</param>
    public void Tell(TimedSignal waiter, int decisions)
    {
        lock (_gate)
        {
            if (_decisions == decisions && !_isSettled)
            {
                (_waiters ??= new(capacity: 1)).Add(waiter);
                return;
            }
        }

        waiter.Set();
    }

    public FlightView View()
    {
        lock (_gate)
            return new FlightView(_sheet.Believed(), _address, _hasFailed ? (Failure?[])_failures.Clone() : NoFailures, StartedAt, _decisions, _isSettled);
    }

    /// <summary>Nothing more of it is kept. True when it has ended.</summary>
    public bool Forget()
    {
        lock (_gate)
        {
            _isForgotten = true;
            return _isSettled;
        }
    }

    /// <summary>Called once, after the flight has been registered: whatever an earlier one learnt is on the sheet by now.</summary>
    public void Start()
    {
        var known = _flights.Cache.Find(Key);
        lock (_gate)
        {
            if (known?.Namespace == Namespace && !_flights.IsFlushed(known, StartedAt))
                _sheet = known.Believed();
            _remaining = 1;
        }

        // A refresh is for news, and the store's answer is no newer than memory's.
        if (_only >= 0 || _flights.Store is not { CanBeRead: true } store || IsDecided(_sheet))
        {
            AskDirectories();
            return;
        }

        var stored = store.FindAsync(Key);
        if (stored.IsCompletedSuccessfully)
        {
            Recall(store, stored.Result);
            AskDirectories();
        }
        else
        {
            _ = RecallAsync(store, stored);
        }
    }

    private async Task RecallAsync(SecondStore store, ValueTask<StoredSheet?> stored)
    {
        Recall(store, await stored);
        AskDirectories();
    }

    private void Recall(SecondStore store, StoredSheet? stored)
    {
        if (stored is null)
            return;
        lock (_gate)
        {
            var sheet = store.Adopt(_sheet, stored, notBefore: _flights.Flushes.LastOf(Key));
            if (ReferenceEquals(sheet, _sheet))
                return;
            _sheet = sheet.Believed();
            if (!_isForgotten)
                _flights.Keep(sheet, StartedAt, isNews: false);
            for (var i = 0; i < sheet.Slots.Length; i++)
            {
                if (sheet.Slots[i] is { Answer: Answer.Exists, IsStored: true } slot && slot.IsFresh(_flights.Clock.Now))
                    Namespace.Directories[i].Hear(_address);
            }
        }
    }

    private void AskDirectories()
    {
        var ask = new bool[_failures.Length];
        lock (_gate)
        {
            // One more than is asked, so that questions answered on the spot don't settle it before the last is put.
            _remaining += ChooseDirectories_NeedsLock(ask);
        }

        for (var i = 0; i < ask.Length; i++)
        {
            if (ask[i])
                Ask(i);
        }

        List<TimedSignal>? waiters;
        bool settled;
        lock (_gate)
        {
            EndOne_NeedsLock();
            settled = _isSettled;
            waiters = TakeWaiters_NeedsLock(_decisions);
        }

        Announce(waiters, settled);
    }

    private int ChooseDirectories_NeedsLock(bool[] ask)
    {
        var slots = _sheet.Slots;
        if (_only >= 0)
        {
            ask[_only] = true;
            return 1;
        }

        var everywhere = _only == Everywhere;
        if (!everywhere && IsDecided(_sheet))
            return 0;
        var now = _flights.Clock.Now;
        var count = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            ask[i] = !(everywhere ? _flights.Lifetimes.IsRecent(slots[i], now) : slots[i].IsFresh(now));
            if (ask[i])
                count++;
        }

        return count;
    }

    private bool IsDecided(AnswerSheet sheet) => Judge.Rule(sheet.Slots, [], Moment.At(_flights.Clock.Now), staleFor: 0).Kind != RulingKind.Undecided;

    private void Ask(int directory)
    {
        var asker = Namespace.Directories[directory];
        var parent = Activity.Current;
        var activity = _flights.Tracing.StartQuestion(asker.Name);
        var started = _flights.Clock.Now;
        var question = asker.AskAsync(_address, SeenAt(directory));
        if (activity is not null)
            Activity.Current = parent;
        if (question.IsCompletedSuccessfully)
            End(directory, question.Result, started, activity);
        else
            _ = AwaitAsync(directory, question, started, activity);
    }

    private long? SeenAt(int directory)
    {
        lock (_gate)
            return _sheet.Slots[directory] is { Answer: Answer.Exists } slot ? slot.GivenAt : null;
    }

    private async Task AwaitAsync(int directory, ValueTask<Answer> question, long started, Activity? activity)
    {
        Answer answer;
        try
        {
            answer = await question;
        }
        catch (Exception exception)
        {
            // Askers don't throw. Should one do it all the same, the lookup must not hang and nobody must be absent.
            answer = new Answer.Unknown(UnknownReason.InternalError, exception.GetType().Name);
        }

        End(directory, answer, started, activity);
    }

    private void End(int directory, Answer answer, long started, Activity? activity)
    {
        var now = _flights.Clock.Now;
        _flights.Metrics.Answered(Namespace.Directories[directory].Name, answer, now - started);
        ResolutionTracing.End(activity, answer);
        List<TimedSignal>? waiters;
        bool settled;
        lock (_gate)
        {
            var decisions = _decisions;
            Learn_NeedsLock(directory, answer, now, now - started);
            EndOne_NeedsLock();
            settled = _isSettled;
            waiters = TakeWaiters_NeedsLock(decisions);
        }

        Announce(waiters, settled);
    }

    private void Learn_NeedsLock(int directory, Answer answer, long now, long took)
    {
        ref readonly var before = ref _sheet.Slots[directory];
        switch (answer)
        {
            case Answer.Exists:
                Take_NeedsLock(_sheet.With(directory, _flights.Lifetimes.Give(answer, now, took)));
                Decide_NeedsLock();
                break;
            case Answer.Absent when before.Answer is Answer.Exists:
                _isGone = true;
                Take_NeedsLock(_sheet.WithGone(directory, _flights.Lifetimes.Give(answer, now, took)));
                break;
            case Answer.Absent when _isGone:
                // Asked before the recipient was found to be gone elsewhere; it may have moved here since. Not learnt: it is asked again.
                break;
            case Answer.Absent:
                Take_NeedsLock(_sheet.With(directory, _flights.Lifetimes.Give(answer, now, took)));
                break;
            case Answer.Unknown unknown:
                _failures[directory] = new Failure(unknown, now, took);
                _hasFailed = true;
                if (Judge.IsUsableStale(before, now, _flights.Lifetimes.StaleFor) || Namespace.Directories[directory].Copy?.Find(_address, now) is not null)
                    Decide_NeedsLock();
                break;
        }
    }

    private void Take_NeedsLock(AnswerSheet sheet)
    {
        _sheet = sheet;
        _hasNews = true;
    }

    private void Decide_NeedsLock()
    {
        _decisions++;
        Keep_NeedsLock();
    }

    private void EndOne_NeedsLock()
    {
        if (--_remaining > 0)
            return;
        _isSettled = true;
        Keep_NeedsLock();
    }

    /// <summary>Inside the lock, so that an older sheet never replaces a newer one.</summary>
    private void Keep_NeedsLock()
    {
        if (!_hasNews || _isForgotten)
            return;
        _hasNews = false;
        _flights.Keep(_sheet, StartedAt, isNews: true);
    }

    /// <summary>Those to be told: all when the flight has decided once more or settled.</summary>
    private List<TimedSignal>? TakeWaiters_NeedsLock(int decisionsBefore)
    {
        if (_decisions == decisionsBefore && !_isSettled)
            return null;
        var waiters = _waiters;
        _waiters = null;
        return waiters;
    }

    /// <summary>Outside the lock. Leaves the register before it tells, so that who is told can start anew.</summary>
    private void Announce(List<TimedSignal>? waiters, bool settled)
    {
        if (settled)
            _flights.Land(this);
        foreach (var waiter in waiters ?? [])
            waiter.Set();
    }
}
