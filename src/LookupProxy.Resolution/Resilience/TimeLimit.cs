namespace LookupProxy.Resolution.Resilience;

/// <summary>The time of one question, see <see cref="TimeLimits"/>.</summary>
internal readonly record struct TimeLimit(CancellationTokenSource Source, CancellationTokenRegistration Registration)
{
    public CancellationToken Token => Source.Token;
}
