namespace LookupProxy.Core.Health;

public enum BreakerState
{
    /// <summary>Questions pass.</summary>
    Closed,

    /// <summary>One probe decides whether it closes.</summary>
    HalfOpen,

    /// <summary>Questions are answered Unknown at once.</summary>
    Open,

    /// <summary>Taken out by hand.</summary>
    Isolated,
}
