using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>The administrator's overrides: listed, expiring, on all nodes.</summary>
public interface IOverrides
{
    /// <summary>Those that have not expired.</summary>
    ImmutableArray<Override> Current { get; }

    ValueTask SetAsync(Override entry, CancellationToken cancellationToken);

    /// <summary>False when there was none.</summary>
    ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken);
}
