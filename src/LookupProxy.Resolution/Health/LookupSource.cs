namespace LookupProxy.Resolution.Health;

/// <summary>Where a verdict came from.</summary>
internal enum LookupSource
{
    Memory,

    /// <summary>At least one directory was asked.</summary>
    Live,

    /// <summary>An Exists past its time decided.</summary>
    Stale,

    /// <summary>Somebody in a local copy decided.</summary>
    Snapshot,

    /// <summary>No directory was asked: the store had it.</summary>
    Store,

    /// <summary>The administrator's word.</summary>
    Override,

    /// <summary>A rule of the namespace, or no namespace at all.</summary>
    Rule,
}
