using System.Collections.Immutable;
using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>Where overrides outlive the process. Never throws but for the token.</summary>
public interface IOverrideStore
{
    /// <summary>All that are kept, also expired ones. Waits until they can be read, which may take long when the store is down.</summary>
    ValueTask<ImmutableArray<Override>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>In place of an earlier one of the same address. True when it will be there after a restart; false, in a short time, while the store is down.</summary>
    ValueTask<bool> KeepAsync(Override entry, CancellationToken cancellationToken);

    /// <summary>True when it will not be there after a restart.</summary>
    ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken);
}
