namespace LookupProxy.Resolution.Model;

/// <summary>How one directory's servers are asked.</summary>
public sealed record ResilienceSettings
{
    /// <summary>For one question to one server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After this without an answer the next replica is asked too.</summary>
    public TimeSpan HedgeAfter { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Questions to one server at a time.</summary>
    public int MaxOutstanding { get; init; } = 512;

    /// <summary>Questions that may wait for one of those places; a further one is Unknown(Overloaded).</summary>
    public int QueueLimit { get; init; } = 1024;

    public BreakerSettings Breaker { get; init; } = new();

    /// <summary>While a circuit is open the server is probed this often, so that it is used again soon after its repair however long the break has grown.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A server that answered nothing for this long is probed too: health stays true and a connection stays warm. Infinite for never.</summary>
    public TimeSpan ProbeIdleAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Null for none.</summary>
    public CanarySettings? Canary { get; init; }

    public GuardSettings Guard { get; init; } = new();
}
