using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Health;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Resolution.Resilience;

/// <summary>Opens and closes a circuit and says so in the log: what, why, what to do. A circuit that flutters is not logged at every turn.</summary>
internal sealed class CircuitDesk(ServerCircuit circuit, ServerLink link, SheetClock clock, ILogger logger)
{
    private static readonly long Quiet = TimeSpan.FromSeconds(30).Ticks;

    private readonly Lock _gate = new();
    private bool _isOpen;
    private bool _isSaid;
    private long _openedAt;
    private long _quietUntil;
    private int _unsaid;

    /// <param name="cutsOff">Whoever waits for the server waits no longer.</param>
    public async ValueTask<bool> TripAsync(Answer.Unknown why, bool cutsOff)
    {
        if (!await circuit.TripAsync(why))
            return false;
        NoteOpened(why);
        // Told first: those that are cut off fail too, and theirs is not the reason.
        if (cutsOff)
            circuit.CutOff(why);
        return true;
    }

    public async ValueTask<bool> CloseAsync(bool byHand)
    {
        if (!await circuit.CloseAsync(byHand))
            return false;
        SayClosed(byHand);
        return true;
    }

    public async ValueTask IsolateAsync()
    {
        await circuit.IsolateAsync();
        lock (_gate)
        {
            if (!_isOpen)
                _openedAt = clock.Now;
            _isOpen = true;
            _isSaid = true;
        }

        ResolutionLog.Isolated(logger, link.Name, link.Directory);
    }

    /// <summary>To be called after each failure that finds the circuit open.</summary>
    /// <returns>True for the first.</returns>
    public bool NoteOpened(Answer.Unknown why)
    {
        int unsaid;
        lock (_gate)
        {
            if (_isOpen)
                return false;
            _isOpen = true;
            _openedAt = clock.Now;
            _isSaid = clock.Now >= _quietUntil;
            if (!_isSaid)
            {
                _unsaid++;
                return true;
            }

            _quietUntil = clock.Now + Quiet;
            unsaid = _unsaid;
            _unsaid = 0;
        }

        ResolutionLog.Opened(logger, link.Name, link.Directory, MetricWords.Of(why.Reason), why.Detail, unsaid);
        return true;
    }

    private void SayClosed(bool byHand)
    {
        TimeSpan open;
        lock (_gate)
        {
            if (!_isOpen)
                return;
            _isOpen = false;
            if (!_isSaid)
                return;
            open = TimeSpan.FromTicks(clock.Now - _openedAt);
        }

        ResolutionLog.Closed(logger, link.Name, link.Directory, open, byHand ? "by the administrator" : "it answers again");
    }
}
