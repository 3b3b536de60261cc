namespace LookupProxy.Resolution.Model;

/// <summary>When a directory that says "absent" of recipients it had before is no longer believed.</summary>
public sealed record GuardSettings
{
    public bool Enabled { get; init; } = true;

    /// <summary>The share of the recipients compared that must be gone.</summary>
    public double Share { get; init; } = 0.2;

    /// <summary>Recipients compared at least. With fewer nothing is proved: see <see cref="HoldFor"/>.</summary>
    public int Minimum { get; init; } = 10;

    /// <summary>How long absences are held back while too few recipients are known to compare with, and most of those are gone.</summary>
    public TimeSpan HoldFor { get; init; } = TimeSpan.FromMinutes(15);
}
