using LookupProxy.Core.Addresses;
using LookupProxy.Core.Health;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// Probes a server in the background: at the start and when it has been idle, after a question has failed, and all the time while its circuit is open.
/// An open circuit closes when a probe succeeds and then the last question that failed is answered, several times in a row by a server that flutters;
/// a question is tried too when the break has passed, for a server on which only the probe fails.
/// </summary>
internal sealed class ServerProber : IAsyncDisposable
{
    private readonly ServerLink _link;
    private readonly ServerCircuit _circuit;
    private readonly CircuitDesk _desk;
    private readonly ServerTracker _tracker;
    private readonly ResilienceSettings _settings;
    private readonly SheetClock _clock;
    private readonly ITimer _timer;
    private readonly Lock _scheduling = new();
    private int _ticking;
    private int _suspecting;
    private int _hoping;

    public ServerProber(
        ServerLink link, ServerCircuit circuit, CircuitDesk desk, ServerTracker tracker, ResilienceSettings settings, SheetClock clock)
    {
        _link = link;
        _circuit = circuit;
        _desk = desk;
        _tracker = tracker;
        _settings = settings;
        _clock = clock;
        _timer = clock.Time.CreateTimer(static prober => _ = ((ServerProber)prober!).TickAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A question has failed and it is not clear yet whether the server is down.</summary>
    public bool IsSuspecting => Volatile.Read(ref _suspecting) != 0;

    /// <summary>Begins in the background.</summary>
    public void Start()
    {
        if (_settings.ProbeIdleAfter != Timeout.InfiniteTimeSpan)
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>After the circuit has opened or closed.</summary>
    public void Reschedule() => Schedule(TimeSpan.Zero);

    /// <summary>A question has failed: one probe, at once, tells whether the server is down, so that the next question need not find out in its own time.</summary>
    public void Suspect(Answer.Unknown why)
    {
        if (Interlocked.Exchange(ref _suspecting, 1) == 0)
            _ = SuspectAsync(why);
    }

    /// <summary>One probe, at once, so that whoever mended the server sees whether it answers. It opens no circuit: a question that fails does.</summary>
    public async ValueTask LookAsync() => await ProbeAsync();

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private async Task SuspectAsync(Answer.Unknown why)
    {
        try
        {
            var began = _clock.Now;
            var failure = await ProbeAsync();
            // Another question may have been answered meanwhile.
            if (failure is not null && !(_tracker.LastSuccessAt >= began))
                await TripAsync(why, cutsOff: true);
        }
        finally
        {
            Volatile.Write(ref _suspecting, 0);
        }
    }

    private async Task TickAsync()
    {
        if (Interlocked.Exchange(ref _ticking, 1) != 0)
            return;
        var began = _clock.Now;
        try
        {
            switch (_circuit.State)
            {
                case BreakerState.Open:
                    await TryToCloseAsync();
                    break;
                case BreakerState.Closed when IsIdle():
                    if (await ProbeAsync() is { } failure)
                    {
                        // A first question may take longer than a probe may: it has to connect, as the probe beside it.
                        await TripAsync(failure, cutsOff: failure.Reason != UnknownReason.Timeout);
                    }

                    break;
            }
        }
        finally
        {
            Volatile.Write(ref _ticking, 0);
            Schedule(TimeSpan.FromTicks(_clock.Now - began));
        }
    }

    private async ValueTask TryToCloseAsync()
    {
        var failure = await ProbeAsync();
        if (failure is not null)
        {
            _circuit.FailsStill(failure);
            // Beside the probes, which go on: the question may take longer than they do.
            if (_circuit.BreakHasPassed() && _circuit.LastQuestion is { } hope && Interlocked.Exchange(ref _hoping, 1) == 0)
                _ = HopeAsync(hope);
            return;
        }

        if (!_circuit.MayClose())
            return;
        if (_circuit.LastQuestion is { } question)
        {
            _circuit.HalfOpen();
            if (!await TryAsync(question))
                return;
        }

        await _desk.CloseAsync(byHand: false);
    }

    private async Task HopeAsync(Address question)
    {
        try
        {
            if (await TryAsync(question))
                await _desk.CloseAsync(byHand: false);
        }
        finally
        {
            Volatile.Write(ref _hoping, 0);
        }
    }

    private async ValueTask<bool> TryAsync(Address question)
    {
        for (var left = _circuit.Trials; left > 0; left--)
        {
            if (!await TryOnceAsync(question))
                return false;
        }

        return true;
    }

    private async ValueTask<bool> TryOnceAsync(Address question)
    {
        var answer = await _link.AskAsync(question, _settings.Timeout);
        if (Illness.Is(answer))
        {
            _tracker.Failed((Answer.Unknown)answer);
            _circuit.FailsStill((Answer.Unknown)answer);
            _circuit.TrialFailed();
            return false;
        }

        _tracker.Succeeded();
        return true;
    }

    private async ValueTask<Answer.Unknown?> ProbeAsync()
    {
        var failure = await _link.ProbeAsync(_settings.ProbeTimeout);
        if (failure is null)
            _tracker.Succeeded();
        else
            _tracker.Failed(failure);
        return failure;
    }

    private async ValueTask TripAsync(Answer.Unknown why, bool cutsOff)
    {
        if (await _desk.TripAsync(why, cutsOff))
            Reschedule();
    }

    private bool IsIdle() => _tracker.LastSuccessAt is not { } last || _clock.Now - last >= _settings.ProbeIdleAfter.Ticks;

    /// <summary>Looking at the circuit and setting the timer are one step: a tick that has seen it closed must not put off the probe of one that has opened since.</summary>
    private void Schedule(TimeSpan spent)
    {
        lock (_scheduling)
            _timer.Change(NextTick(spent), Timeout.InfiniteTimeSpan);
    }

    /// <param name="spent">Time since the last tick began: a probe that took all its time is followed by the next without a pause.</param>
    private TimeSpan NextTick(TimeSpan spent) => _circuit.State switch
    {
        BreakerState.Closed or BreakerState.Isolated => _settings.ProbeIdleAfter,
        _ => _settings.ProbeEvery > spent ? _settings.ProbeEvery - spent : TimeSpan.Zero,
    };
}
