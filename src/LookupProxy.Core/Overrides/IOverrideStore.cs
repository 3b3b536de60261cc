using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>Where overrides outlive the process. Never throws but for the token, and never waits longer than a short time of its own.</summary>
public interface IOverrideStore
{
    /// <summary>All that are kept, also expired ones; none when they can't be read.</summary>
    ValueTask<ImmutableArray<Override>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>In place of an earlier one of the same address. True when it will be there after a restart.</summary>
    ValueTask<bool> KeepAsync(Override entry, CancellationToken cancellationToken);

    /// <summary>True when it will not be there after a restart.</summary>
    ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken);
}
