using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>The administrator's overrides: listed, expiring, on all nodes.</summary>
public interface IOverrides
{
    /// <summary>Those that have not expired.</summary>
    ImmutableArray<Override> Current { get; }

    /// <summary>Whether any namespace has the address's domain: a word on another would change nothing.</summary>
    bool Concern(Address address);

    /// <summary>Counts on this node when it returns. An address more than <see cref="OverrideLimits.Count"/> is an <see cref="InvalidOperationException"/>.</summary>
    ValueTask<OverrideChange> SetAsync(Override entry, CancellationToken cancellationToken);

    ValueTask<OverrideRemoval> RemoveAsync(Address address, CancellationToken cancellationToken);
}
