using LookupProxy.Resolution.Model;

namespace LookupProxy.Resolution.Resilience;

/// <summary>
/// How long a circuit stays open when nothing says that the server is well again. Not safe for several threads: its circuit guards it.
/// </summary>
internal sealed class BreakLength(BreakerSettings settings)
{
    /// <summary>Times a circuit may open again soon after it closed before a probe's success is no longer taken at its word.</summary>
    private const int FreeReopenings = 2;

    /// <summary>Questions in a row that the worst must answer: one that fails every second time does not get there by luck.</summary>
    private const int MostTrials = 8;

    /// <summary>What a server has that opens its circuit again and again. No longer, since it may be well by now.</summary>
    private static readonly long Rest = TimeSpan.FromSeconds(1).Ticks;

    /// <summary>So many times the breaker's minimum of good answers since it closed, and what opens it again is a new fault.</summary>
    private const int ProofFactor = 5;

    private TimeSpan _current;
    private long _endsAt;
    private long _closedAt = long.MinValue;
    private long _notBefore;
    private int _reopenings;

    /// <summary>The break has passed: one question is tried although probes fail.</summary>
    public bool HasPassed(long now) => now >= _endsAt;

    /// <summary>False while a server that opens its circuit again and again has to rest.</summary>
    public bool MayClose(long now) => now >= _notBefore;

    /// <summary>Questions that it must answer, one after the other, before its circuit closes.</summary>
    public int Trials => IsFluttering ? Math.Min(1 << (_reopenings - FreeReopenings), MostTrials) : 1;

    private bool IsFluttering => _reopenings > FreeReopenings;

    /// <summary>Good answers that show a server well, however soon the next fault comes.</summary>
    public int Proof { get; } = settings.Minimum * ProofFactor;

    /// <param name="goodAnswers">Since the circuit was last closed.</param>
    public void Opened(long now, int goodAnswers)
    {
        var soon = _closedAt != long.MinValue && now - _closedAt < settings.Window.Ticks && goodAnswers < Proof;
        _reopenings = soon ? Math.Min(_reopenings + 1, FreeReopenings + MostTrials) : 0;
        _current = settings.BreakFor;
        _endsAt = now + _current.Ticks;
        _notBefore = IsFluttering ? now + Rest : now;
    }

    /// <summary>The question tried after the break failed too: the next break is twice as long.</summary>
    public void Failed(long now)
    {
        _current = _current * 2 < settings.MaxBreakFor ? _current * 2 : settings.MaxBreakFor;
        _endsAt = now + _current.Ticks;
    }

    public void Closed(long now) => _closedAt = now;
}
