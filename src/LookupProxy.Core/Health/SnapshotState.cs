namespace LookupProxy.Core.Health;

public enum SnapshotState
{
    /// <summary>There is no copy yet, so it helps nobody.</summary>
    Missing,

    /// <summary>The copy can be used.</summary>
    Ready,

    /// <summary>The last reading was refused because too many recipients were gone; the copy from before is used.</summary>
    Refused,

    /// <summary>The copy is older than it may be and is not used.</summary>
    TooOld,
}
