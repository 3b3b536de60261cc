namespace LookupProxy.Resolution.Snapshots;

/// <summary>Why there is no new copy.</summary>
/// <param name="Text">For people.</param>
/// <param name="Shrinkage">Null when a reading was not refused but failed.</param>
internal sealed record ReadingFault(DateTimeOffset At, string Text, Shrinkage? Shrinkage = null)
{
    /// <summary>When it began.</summary>
    public DateTimeOffset Since { get; init; } = At;
}
