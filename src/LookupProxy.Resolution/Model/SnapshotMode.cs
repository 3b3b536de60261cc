namespace LookupProxy.Resolution.Model;

public enum SnapshotMode
{
    /// <summary>The copy is asked only when the directory can't answer.</summary>
    Fallback,

    /// <summary>The copy is asked first. Whom it does not hold is asked for live, as without a copy.</summary>
    Primary,
}
