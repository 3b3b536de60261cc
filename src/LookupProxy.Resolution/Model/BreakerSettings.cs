namespace LookupProxy.Resolution.Model;

public sealed record BreakerSettings
{
    public double FailureRatio { get; init; } = 0.5;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Questions in the window before the ratio counts.</summary>
    public int Minimum { get; init; } = 10;

    /// <summary>The first break; each one that follows without a success between is twice as long, up to <see cref="MaxBreakFor"/>.</summary>
    public TimeSpan BreakFor { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan MaxBreakFor { get; init; } = TimeSpan.FromSeconds(30);
}
