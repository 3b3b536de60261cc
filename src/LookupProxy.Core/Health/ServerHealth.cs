namespace LookupProxy.Core.Health;

/// <param name="Latency">Moving average of the answers' time; null before the first.</param>
public sealed record ServerHealth(
    string Name,
    BreakerState Breaker,
    DateTimeOffset? LastSuccess,
    DateTimeOffset? LastErrorAt,
    string? LastError,
    TimeSpan? Latency,
    int Outstanding)
{
    public bool CanAnswer => Breaker is BreakerState.Closed or BreakerState.HalfOpen;
}
