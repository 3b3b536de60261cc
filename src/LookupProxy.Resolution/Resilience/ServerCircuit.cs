using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Model;
using Polly;
using Polly.CircuitBreaker;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// The circuit before one server: Polly's breaker (the failure ratio over a window), opened also when a failed question is followed by a failed probe.
/// The breaker is told how a question ended rather than led through it: no question comes here while it is open, so it needs to hold none back. Nobody's lookup waits for an open circuit to prove itself: the prober puts the last question again and closes it.
/// </summary>
internal sealed class ServerCircuit
{
    private readonly Lock _gate = new();
    private readonly ServerLink _link;
    private readonly SheetClock _clock;
    private readonly CancellationToken _closing;
    private readonly CircuitBreakerManualControl _control = new();
    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline<bool> _pipeline;
    private readonly TimeLimits _limits;
    private readonly BreakLength _break;
    private readonly Answer.Unknown _givenUp;
    private volatile BreakerState _state = BreakerState.Closed;
    private volatile Answer.Unknown? _refusal;
    private volatile Address? _lastQuestion;
    private volatile CutOff _cutOff = new();
    private int _closings;
    private int _goodAnswers;

    public ServerCircuit(ServerLink link, ResilienceSettings settings, SheetClock clock, CancellationToken closing)
    {
        _link = link;
        _clock = clock;
        _closing = closing;
        _givenUp = new Answer.Unknown(UnknownReason.Timeout, $"{link.Name}: given up: no answer in time");
        _break = new BreakLength(settings.Breaker);
        _limits = new TimeLimits(Clamp(settings.Timeout, TimeSpan.FromMilliseconds(10)), clock.Time);
        // For the life of the resolver, as the circuit itself.
        closing.UnsafeRegister(static circuit => ((ServerCircuit)circuit!)._cutOff.Cancel(null), this);
        _pipeline = new ResiliencePipelineBuilder<bool> { TimeProvider = clock.Time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<bool>
            {
                FailureRatio = Math.Clamp(settings.Breaker.FailureRatio, 0.01, 1),
                SamplingDuration = Clamp(settings.Breaker.Window),
                MinimumThroughput = Math.Max(settings.Breaker.Minimum, 2),
                // Not what ends the break: no question reaches the breaker while it is open.
                BreakDuration = Clamp(settings.Breaker.BreakFor),
                ShouldHandle = static arguments => new(arguments.Outcome.Result),
                ManualControl = _control,
                StateProvider = _breaker,
            })
            .Build();
    }

    public BreakerState State => _state;

    /// <summary>What is answered while the circuit lets nothing pass; null while it does.</summary>
    public Answer.Unknown? Refusal => _refusal;

    /// <summary>How often it has closed.</summary>
    public int Closings => Volatile.Read(ref _closings);

    /// <summary>The question to try before the circuit closes: the last that failed or was refused.</summary>
    public Address? LastQuestion => _lastQuestion;

    /// <summary>Notes a question that was refused, so that there is one to try with.</summary>
    public void Refused(Address address) => _lastQuestion ??= address;

    /// <summary>Puts a question, in the time that one may take.</summary>
    public async ValueTask<Answer> AskAsync(Address address)
    {
        var closings = Closings;

        // Cancelled when the server is given up while the question waits, and when the resolver closes.
        var cutOff = _cutOff;
        if (cutOff.Token.IsCancellationRequested)
            return _closing.IsCancellationRequested ? ServerLink.Closing : _refusal ?? _givenUp;
        var limit = _limits.Begin(cutOff.Token);
        Answer answer;
        try
        {
            answer = await _link.AskAsync(address, limit.Token);
        }
        finally
        {
            _limits.End(limit);
        }

        if (answer is Answer.Unknown { Reason: UnknownReason.Timeout } && cutOff.Token.IsCancellationRequested)
            answer = cutOff.Why ?? _givenUp;
        var isIll = Illness.Is(answer);

        // A question put before the circuit last closed says nothing of the server as it is now.
        await NoteAsync(isFailure: isIll && !_closing.IsCancellationRequested && closings == Closings);
        if (!isIll)
        {
            // No more than is of use, so that a busy server's questions don't all write here.
            if (Volatile.Read(ref _goodAnswers) < _break.Proof)
                Interlocked.Increment(ref _goodAnswers);
        }
        else
        {
            _lastQuestion = address;
            if (_breaker.CircuitState != CircuitState.Closed)
                Open((Answer.Unknown)answer);
        }

        return answer;
    }

    /// <summary>Opens at once, for a failure that a probe has confirmed. False when it was open.</summary>
    public async ValueTask<bool> TripAsync(Answer.Unknown why)
    {
        if (!Open(why))
            return false;
        await _control.IsolateAsync(CancellationToken.None);
        return true;
    }

    /// <summary>Taken out by hand: not probed, not closed but by hand.</summary>
    public async ValueTask IsolateAsync()
    {
        lock (_gate)
        {
            _state = BreakerState.Isolated;
            _refusal = new Answer.Unknown(UnknownReason.Isolated, $"{_link.Name}: taken out by the administrator");
        }

        await _control.IsolateAsync(CancellationToken.None);
    }

    /// <param name="byHand">Also ends an isolation.</param>
    /// <returns>False when there was nothing to close.</returns>
    public async ValueTask<bool> CloseAsync(bool byHand)
    {
        lock (_gate)
        {
            if (_state == BreakerState.Closed || (_state == BreakerState.Isolated && !byHand))
                return false;
            _closings++;
        }

        await _control.CloseAsync(CancellationToken.None);
        lock (_gate)
        {
            if (_state == BreakerState.Isolated && !byHand)
                return false;
            _break.Closed(_clock.Now);
            Volatile.Write(ref _goodAnswers, 0);
            _state = BreakerState.Closed;
            _refusal = null;
            return true;
        }
    }

    public bool MayClose()
    {
        lock (_gate)
            return _break.MayClose(_clock.Now);
    }

    /// <summary>Questions to be answered one after the other before it closes.</summary>
    public int Trials
    {
        get
        {
            lock (_gate)
                return _break.Trials;
        }
    }

    public bool BreakHasPassed()
    {
        lock (_gate)
            return _break.HasPassed(_clock.Now);
    }

    /// <summary>A question is tried.</summary>
    public void HalfOpen() => Move(BreakerState.Open, BreakerState.HalfOpen);

    /// <summary>It failed.</summary>
    public void TrialFailed()
    {
        lock (_gate)
            _break.Failed(_clock.Now);
        Move(BreakerState.HalfOpen, BreakerState.Open);
    }

    /// <summary>Whoever is refused is told what is wrong now, which need not be what opened the circuit.</summary>
    public void FailsStill(Answer.Unknown why)
    {
        lock (_gate)
        {
            if (_state is BreakerState.Open or BreakerState.HalfOpen)
                _refusal = Refuse(why);
        }
    }

    /// <summary>Lets nobody wait any longer for a server that is given up: what is under way is answered now, with what the server was given up for.</summary>
    public void CutOff(Answer.Unknown why)
    {
        CutOff those;
        lock (_gate)
        {
            // Closed by hand in this instant.
            if (_state == BreakerState.Closed)
                return;
            those = _cutOff;
            _cutOff = new CutOff();
        }

        those.Cancel(why.Reason == UnknownReason.Timeout ? null : why);
        // The resolver may have begun to close when only the one before was there to be cancelled.
        if (_closing.IsCancellationRequested)
            _cutOff.Cancel(null);
    }

    private void Move(BreakerState from, BreakerState to)
    {
        lock (_gate)
        {
            if (_state == from)
                _state = to;
        }
    }

    private Answer.Unknown Refuse(Answer.Unknown why) => new(UnknownReason.CircuitOpen, $"{_link.Name}: the circuit is open after: {why.Detail}");

    private bool Open(Answer.Unknown why)
    {
        lock (_gate)
        {
            if (_state != BreakerState.Closed)
                return false;
            _break.Opened(_clock.Now, Volatile.Read(ref _goodAnswers));
            _state = BreakerState.Open;
            _refusal = Refuse(why);
            return true;
        }
    }

    /// <summary>Tells the breaker how a question ended. Done at once, unless the breaker is being set by hand.</summary>
    private async ValueTask NoteAsync(bool isFailure)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: true, CancellationToken.None);
        await _pipeline.ExecuteOutcomeAsync(static (_, isFailure) => new ValueTask<Outcome<bool>>(Outcome.FromResult(isFailure)), context, isFailure);
        ResilienceContextPool.Shared.Return(context);
    }

    private static TimeSpan Clamp(TimeSpan value) => Clamp(value, TimeSpan.FromMilliseconds(500));

    private static TimeSpan Clamp(TimeSpan value, TimeSpan least) =>
        value < least ? least : value > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : value;
}
