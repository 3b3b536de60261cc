using LookupProxy.Resolution.Caching;
using LookupProxy.Resolution.Resilience;

namespace LookupProxy.Resolution.Guarding;

/// <summary>
/// A server that had nobody, or no canary, or whose circuit was open, is on probation: its absences count again when it has proved itself.
/// One trial runs at a time.
/// </summary>
/// <param name="pause">Between two trials.</param>
internal sealed class Probation(ServerCircuit circuit, SheetClock clock, TimeSpan pause)
{
    private int _failures;
    private int _endedAfter;
    private long _passedAt = long.MinValue;
    private long? _triedAt;
    private int? _passedAfter;

    /// <summary>It has failed since it last proved itself.</summary>
    public bool IsOn => All != Volatile.Read(ref _endedAfter);

    /// <summary>When it last proved itself. Ticks.</summary>
    public long PassedAt => Interlocked.Read(ref _passedAt);

    private int All => Volatile.Read(ref _failures) + circuit.Closings;

    public void Fail() => Interlocked.Increment(ref _failures);

    /// <summary>
    /// False when it is too soon: one that has nobody again and again, or can't prove itself, is not asked for all who are known each time.
    /// How often a circuit closes is bounded anyway.
    /// </summary>
    public bool TryBegin(out Trial trial)
    {
        var failures = Volatile.Read(ref _failures);
        var all = All;
        trial = new(failures, all, IsNeeded: all != Volatile.Read(ref _endedAfter));
        if (!trial.IsNeeded)
            return true;
        var now = clock.Now;
        if (failures != _passedAfter && now - _triedAt < pause.Ticks)
            return false;
        _triedAt = now;
        _passedAfter = null;
        return true;
    }

    /// <summary>It has proved itself.</summary>
    public void Pass(in Trial trial)
    {
        if (trial.IsNeeded)
            Interlocked.Exchange(ref _passedAt, clock.Now);
        _passedAfter = trial.Failures;
        End(trial);
    }

    /// <summary>What was found out of it is dealt with otherwise.</summary>
    public void End(in Trial trial) => Volatile.Write(ref _endedAfter, trial.All);

    public void End() => Volatile.Write(ref _endedAfter, All);

    /// <param name="Failures">Its own, when the trial began.</param>
    /// <param name="All">With the times that its circuit had been open.</param>
    /// <param name="IsNeeded">It is on probation.</param>
    public readonly record struct Trial(int Failures, int All, bool IsNeeded);
}
