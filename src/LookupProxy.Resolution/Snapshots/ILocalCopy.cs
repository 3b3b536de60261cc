using LookupProxy.Core.Addresses;

namespace LookupProxy.Resolution.Snapshots;

/// <summary>A directory's local copy as lookups see it. It can say that somebody exists and nothing else: whom it does not hold may be new.</summary>
internal interface ILocalCopy
{
    /// <summary>It is asked before the directory.</summary>
    bool IsPrimary { get; }

    /// <summary>Null when it does not hold the address, or may not be used.</summary>
    /// <param name="now">Ticks.</param>
    CopyAnswer? Find(Address address, long now);
}
