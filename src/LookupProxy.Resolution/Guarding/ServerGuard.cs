using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// Stands between a server's "absent" and its counting. With a canary: the canary is found by a question put after it. Of somebody who was there:
/// others who were there are still. Of anybody, when the server has not been heard to find somebody for a while: one who was there is; when it had failed
/// (no canary, nobody at all, no answers), all others who were there are: it may be in the middle of getting its people back.
/// Otherwise the answer is Unknown, the directory's next server is asked, and the alarm stays open until evidence or an administrator ends it.
/// </summary>
internal sealed class ServerGuard : IAsyncDisposable
{
    /// <summary>While it is not believed it is looked at this often.</summary>
    private static readonly TimeSpan Recheck = TimeSpan.FromSeconds(1);

    /// <summary>A server that found somebody so short a time ago is not blind.</summary>
    private static readonly long Sighted = TimeSpan.FromSeconds(1).Ticks;

    private readonly Lock _gate = new();
    private readonly Lock _scheduling = new();
    private readonly DirectoryTrust _trust;
    private readonly ServerLink _link;
    private readonly ServerCircuit _circuit;
    private readonly SheetClock _clock;
    private readonly GuardSettings _settings;
    private readonly Canary _canary;
    private readonly LossJudge _judge;
    private readonly Probation _probation;
    private readonly Settling _settling;
    private readonly Relay<Finding> _judging;
    private readonly Relay<Answer.Unknown?> _heartbeat;
    private readonly ITimer _timer;
    private readonly TimeSpan _every;
    private readonly TimeSpan _timeout;
    private volatile Answer.Unknown? _loss;
    private volatile Answer.Unknown? _doubt;
    private long _judgedAt;
    private long _sightedAt = long.MinValue;
    private int _ticking;

    /// <param name="circuit">While it is open the server is left alone.</param>
    public ServerGuard(DirectoryTrust trust, ServerLink link, ResilienceSettings settings, SheetClock clock, ServerCircuit circuit)
    {
        _trust = trust;
        _link = link;
        _circuit = circuit;
        _clock = clock;
        _settings = settings.Guard;
        _timeout = settings.Timeout;
        _every = settings.Canary is { } canary ? canary.Every : Timeout.InfiniteTimeSpan;
        _canary = new Canary(settings.Canary ?? new CanarySettings(), settings.Timeout, link, trust, AreOthersJudgedAsync);
        _judge = new LossJudge(settings.Guard, settings.Timeout, link, trust.People, clock);
        _probation = new Probation(circuit, clock, Recheck);
        _settling = new Settling(clock, settings.Guard.HoldFor);
        _judging = new Relay<Finding>(JudgeAsync);
        _heartbeat = new Relay<Answer.Unknown?>(LookForSomebodyAsync);
        _timer = clock.Time.CreateTimer(static guard => _ = ((ServerGuard)guard!).TickAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Its absences count for nothing now.</summary>
    public bool Distrusts => _canary.Missing is not null || SuspectsLoss;

    /// <summary>Many who were there are gone, or it looks so.</summary>
    public bool SuspectsLoss => _loss is not null || _doubt is not null;

    /// <summary>Begins in the background.</summary>
    public void Start()
    {
        if (_every != Timeout.InfiniteTimeSpan)
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The server found somebody.</summary>
    public void Exists(Address somebody)
    {
        Interlocked.Exchange(ref _sightedAt, _clock.Now);
        if (_settings.Enabled)
            _trust.People.Add(somebody);
    }

    /// <summary>The server has nobody: before its absences count again it has to prove itself, as after each time that its circuit was open. Nor do those count that were heard before.</summary>
    public void Failed()
    {
        if (_settings.Enabled && !_probation.IsOn)
        {
            _trust.Distrust();
            _settling.TroubleBegins();
        }

        _probation.Fail();
    }

    /// <summary>The server says that there is no such recipient.</summary>
    /// <param name="seenAt">When the directory last said of this one that it exists; null when it never did.</param>
    /// <param name="askedAt">When it was asked. Ticks.</param>
    /// <returns>Absent when that counts.</returns>
    public async ValueTask<Answer> ConfirmAsync(Address nobody, long? seenAt, long askedAt)
    {
        if ((_canary.Missing ?? _loss) is { } known)
            return known;
        if (_canary.CanTellAbsences && await _canary.FindAsync() is { } missing)
        {
            if (_canary.Missing is not null)
                Quicken();
            return missing;
        }

        if (!_settings.Enabled)
            return Answer.No;
        if (_probation.IsOn && (await _judging.AfterNowAsync()).Fault is { } fault)
            return fault;
        if (IsBeforeRepair(askedAt))
            return await AskAgainAsync(nobody, seenAt);
        if (seenAt > _trust.AcceptedAt)
            _judge.Lost(nobody);
        else if (_doubt is null)
            return _canary.CanTellAbsences || IsSighted() ? Answer.No : await _heartbeat.AfterNowAsync() ?? (Answer)Answer.No;
        else if (_doubt is { } doubt && _clock.Now - Interlocked.Read(ref _judgedAt) < Recheck.Ticks)
            return doubt;
        return (await _judging.AfterNowAsync()).Fault ?? (Answer)Answer.No;
    }

    private Answer.Unknown NotProved => new(UnknownReason.Distrusted, GuardText.Returning(_link));

    /// <summary>Perhaps asked when the server had lost its people.</summary>
    private bool IsBeforeRepair(long askedAt) => askedAt < Math.Max(_probation.PassedAt, _trust.AbsencesCountFrom);

    /// <summary>It was asked before the server had proved itself.</summary>
    private async ValueTask<Answer> AskAgainAsync(Address nobody, long? seenAt)
    {
        var askedAt = _clock.Now;
        var answer = await _link.AskAsync(nobody, _timeout);
        if (answer is Answer.Exists)
            Exists(nobody);
        if (answer is not Answer.Absent)
            return answer;
        return _probation.IsOn || IsBeforeRepair(askedAt)
            ? NotProved
            : await ConfirmAsync(nobody, seenAt, askedAt);
    }

    /// <summary>The administrator knows that people are gone.</summary>
    public void AcceptLoss()
    {
        lock (_gate)
        {
            _judge.Forget();
            _loss = null;
            _doubt = null;
            _probation.End();
            _settling.End();
            _trust.Withdraw(AlarmNames.MassAbsence, _link.Name, "the administrator has accepted it");
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private bool IsSighted() => Interlocked.Read(ref _sightedAt) is var at && at != long.MinValue && _clock.Now - at <= Sighted;

    /// <summary>For the end of the canary's absence.</summary>
    private async ValueTask<bool> AreOthersJudgedAsync()
    {
        if (!_settings.Enabled)
            return true;
        Failed();
        return (await _judging.AfterNowAsync()).Kind != FindingKind.Unanswered;
    }

    private async ValueTask<Finding> JudgeAsync()
    {
        if (_loss is { } known)
            return new Finding(FindingKind.MassAbsence, known);
        var isPressing = Distrusts;
        var began = _clock.Now;
        if (!_probation.TryBegin(out var trial))
            return new Finding(FindingKind.Unanswered, _doubt ?? NotProved);
        var finding = await _judge.JudgeAsync(trial.IsNeeded || _settling.IsOn, Interlocked.Read(ref _sightedAt));
        lock (_gate)
        {
            // Accepted while it was judged: what was found does not stand, nor is it remembered.
            if (_trust.AcceptedAt >= began)
            {
                _judge.Forget();
                return Finding.Well;
            }

            Take_NeedsLock(finding, trial);
        }

        if (Distrusts && !isPressing)
            Quicken();
        return finding;
    }

    /// <summary>The finding and its alarm are one step: an alarm must not open when what it tells of has just been accepted, or it never closes.</summary>
    private void Take_NeedsLock(in Finding finding, in Probation.Trial trial)
    {
        Interlocked.Exchange(ref _judgedAt, _clock.Now);
        switch (finding.Kind)
        {
            case FindingKind.Well:
                if (trial.IsNeeded)
                    _settling.Begin();
                _probation.Pass(trial);
                _doubt = null;
                break;
            case FindingKind.Doubtful:
                if (_doubt is null)
                    _trust.Distrust();
                _doubt = finding.Fault;
                break;
            case FindingKind.Returning or FindingKind.MassAbsence:
                _probation.End(trial);
                _settling.TroubleBegins();
                _loss = finding.Fault;
                _doubt = null;
                _trust.Distrust();
                if (finding.Kind == FindingKind.MassAbsence)
                    _trust.Complain(AlarmNames.MassAbsence, _link.Name, GuardText.MassAbsence(_link, finding.Gone, finding.Compared));
                break;
        }
    }

    /// <summary>Null when somebody who was there is found, or nobody is known.</summary>
    private async ValueTask<Answer.Unknown?> LookForSomebodyAsync()
    {
        if (_trust.People.Choose(1, new HashSet<Address>()) is not [var somebody])
            return null;
        switch (await _link.AskAsync(somebody, _timeout))
        {
            case Answer.Exists:
                Interlocked.Exchange(ref _sightedAt, _clock.Now);
                return null;
            case Answer.Unknown unknown:
                return Illness.IsOfOneQuestion(unknown) ? null : unknown;
            default:
                _judge.Lost(somebody);
                return (await _judging.AfterNowAsync()).Fault;
        }
    }

    private async Task TickAsync()
    {
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
            return;
        try
        {
            if (_circuit.State == BreakerState.Closed)
                await LookAsync();
            else
                _judge.RestartQuiet();
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
            Reschedule();
        }
    }

    private async ValueTask LookAsync()
    {
        if (_loss is { } known && await _judge.LookForThemAsync() is not Comeback.UnderWay and var comeback)
            End(known, comeback);
        if (_doubt is not null)
            await _judging.AfterNowAsync();
        if (_canary.CanTellAbsences && await _canary.FindAsync() is { Reason: UnknownReason.NotReady })
            Failed();
        await _canary.CheckAbsentAsync();
    }

    private void End(Answer.Unknown known, Comeback comeback)
    {
        lock (_gate)
        {
            // Accepted meanwhile.
            if (_loss != known)
                return;
            // Asked before this, it may have been before the repair.
            _trust.Distrust();
            _loss = null;
            _judge.Forget();
            if (comeback == Comeback.Complete)
                _settling.Begin();
            else
                _settling.End();
            _trust.Withdraw(AlarmNames.MassAbsence, _link.Name, $"{_link.Name} finds them again, but for those who have left");
        }
    }

    /// <summary>Since there is something that presses now.</summary>
    private void Quicken()
    {
        lock (_scheduling)
            _timer.Change(Recheck, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looking for what presses and setting the timer are one step: a tick that has seen nothing must not put off the look at what came since.</summary>
    private void Reschedule()
    {
        lock (_scheduling)
        {
            var isPressing = Distrusts;
            if (isPressing || _every != Timeout.InfiniteTimeSpan)
                _timer.Change(isPressing && (_every == Timeout.InfiniteTimeSpan || Recheck < _every) ? Recheck : _every, Timeout.InfiniteTimeSpan);
        }
    }
}
