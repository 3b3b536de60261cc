using LookupProxy.Core.Addresses;
using LookupProxy.Core.Directories;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Guarding;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Resilience;

/// <summary>Asks one server: its circuit, its bound on what is outstanding, its timeout. A question always ends: within twice the timeout at most, or a few times that when an absence has to be confirmed.</summary>
internal sealed class ServerAsker : IAsyncDisposable
{
    private readonly ServerCircuit _circuit;
    private readonly OutstandingGate _gate;
    private readonly ServerTracker _tracker;
    private readonly ServerProber _prober;
    private readonly CircuitDesk _desk;
    private readonly ServerGuard _guard;
    private readonly SearchedWhole _whole;
    private readonly ServerLink _link;
    private readonly SheetClock _clock;
    private readonly Answer.Unknown _overloaded;
    private readonly Answer.Unknown _silent;
    private readonly TimeSpan _patience;

    public ServerAsker(
        DirectoryTrust trust, IDirectoryServer server, ResilienceSettings settings, SheetClock clock, ILogger logger, CancellationToken closing)
    {
        Name = server.Name;
        _clock = clock;
        var link = _link = new ServerLink(trust.Directory, server, clock.Time, logger, closing);
        _circuit = new ServerCircuit(link, settings, clock, closing);
        _gate = new OutstandingGate(settings.MaxOutstanding, settings.QueueLimit, settings.Timeout, clock.Time);
        _tracker = new ServerTracker(clock);
        _desk = new CircuitDesk(_circuit, link, clock, logger);
        _prober = new ServerProber(link, _circuit, _desk, _tracker, settings, clock);
        _guard = new ServerGuard(trust, link, settings, clock, _circuit);
        _whole = new SearchedWhole(trust, link);
        _patience = settings.HedgeAfter;
        _silent = new Answer.Unknown(UnknownReason.Timeout, $"{Name}: no answer in time to any of the questions under way");
        _overloaded = new Answer.Unknown(UnknownReason.Overloaded, $"{Name}: {settings.MaxOutstanding} questions outstanding and {settings.QueueLimit} waiting");
    }

    public string Name { get; }

    /// <summary>The lower, the sooner it is asked: well, in doubt, not to be asked.</summary>
    public int Rank => _circuit.State != BreakerState.Closed ? 2 : _prober.IsSuspecting || Distrusts ? 1 : 0;

    /// <summary>The time that a question put now is likely to take. Ticks.</summary>
    public long Cost => (_tracker.Outstanding + 1) * Math.Max((_tracker.Latency ?? TimeSpan.Zero).Ticks, TimeSpan.TicksPerMillisecond);

    public ServerHealth Health => new(
        Name, _circuit.State, _tracker.LastSuccess, _tracker.LastErrorAt, _tracker.LastError, _tracker.Latency, _tracker.Outstanding);

    public void StartProbing()
    {
        _prober.Start();
        _guard.Start();
    }

    public bool SuspectsLoss => _guard.SuspectsLoss;

    public bool Distrusts => _guard.Distrusts;

    public void AcceptLoss() => _guard.AcceptLoss();

    public ValueTask<Answer> AskAsync(Address address, long? seenAt)
    {
        if (_circuit.Refusal is not { } refusal)
            return AskGuardedAsync(address, seenAt);
        _circuit.Refused(address);
        return new(refusal);
    }

    public ValueTask IsolateAsync() => _desk.IsolateAsync();

    /// <summary>By hand; and tries at once whether it answers.</summary>
    public async Task CloseAsync()
    {
        _link.TryAnew();
        await _desk.CloseAsync(byHand: true);
        _prober.Reschedule();
        await _prober.LookAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _guard.DisposeAsync();
        await _prober.DisposeAsync();
    }

    private async ValueTask<Answer> AskGuardedAsync(Address address, long? seenAt)
    {
        if (!await _gate.EnterAsync())
            return _overloaded;
        Answer answer;
        long started;
        try
        {
            // It may have opened while the question waited.
            if (_circuit.Refusal is { } refusal)
                return refusal;
            if (IsSilent())
                _prober.Suspect(_silent);
            started = _clock.Now;
            _tracker.Started();
            answer = await _circuit.AskAsync(address);
            _tracker.Ended(answer, _clock.Now - started);
        }
        finally
        {
            _gate.Leave();
        }

        _whole.Heard(answer);
        if (answer is Answer.Exists)
            _guard.Exists(address);
        else if (answer is Answer.Absent)
            answer = await _guard.ConfirmAsync(address, seenAt, started);
        if (answer is Answer.Unknown { Reason: UnknownReason.NotReady })
            _guard.Failed();
        if (Illness.Is(answer))
            Failed((Answer.Unknown)answer);
        return answer;
    }

    /// <summary>Nothing has come back for longer than usual: worth a probe before the first question has used up its time.</summary>
    private bool IsSilent() => _tracker.Silence is var silence && silence > _patience.Ticks && silence > 2 * (_tracker.Latency ?? TimeSpan.Zero).Ticks;

    private void Failed(Answer.Unknown why)
    {
        if (_circuit.State == BreakerState.Closed)
        {
            _prober.Suspect(why);
            return;
        }

        // Only once: those still under way fail one after the other and must not put off the probe.
        if (_desk.NoteOpened(why))
            _prober.Reschedule();
    }
}
