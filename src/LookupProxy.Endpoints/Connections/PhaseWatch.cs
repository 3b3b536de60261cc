namespace LookupProxy.Endpoints.Connections;

/// <summary>
/// Tells when a connection has stayed too long in one phase, at the cost of one plain write a phase: the connection counts its phases,
/// the heartbeat looks whether the count has moved since it last looked. No clock is read and no timer set for a request.
/// </summary>
internal sealed class PhaseWatch(ConnectionLimits limits, TimeProvider time)
{
    private const uint PhaseMask = 3;

    /// <summary>The phase in the low two bits, above them the count of phases entered. Written by the connection only.</summary>
    private uint _state;

    private uint _seen = uint.MaxValue;
    private long _seenAt;

    public ConnectionPhase Phase => (ConnectionPhase)(_state & PhaseMask);

    public void Enter(ConnectionPhase phase) => Volatile.Write(ref _state, ((_state | PhaseMask) + 1) | (uint)phase);

    /// <summary>Called by the heartbeat only. The phase that has lasted too long, or null.</summary>
    public ConnectionPhase? Overdue()
    {
        var state = Volatile.Read(ref _state);
        var now = time.GetTimestamp();
        if (state != _seen)
        {
            _seen = state;
            _seenAt = now;
            return null;
        }

        var phase = (ConnectionPhase)(state & PhaseMask);
        return time.GetElapsedTime(_seenAt, now) >= limits.Of(phase) ? phase : null;
    }
}
