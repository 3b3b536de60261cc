namespace LookupProxy.Core.Recipients;

public enum EvidenceSource
{
    /// <summary>Asked for this lookup.</summary>
    Live,

    Memory,

    /// <summary>The local or the cluster's store.</summary>
    Store,

    /// <summary>An Exists past its time, used because its directory could not be asked.</summary>
    Stale,

    Snapshot,

    /// <summary>No directory: a rule of the namespace.</summary>
    Rule,

    /// <summary>No directory: the administrator's word on this address.</summary>
    Override,
}
