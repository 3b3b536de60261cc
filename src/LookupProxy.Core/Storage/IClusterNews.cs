using LookupProxy.Core.Overrides;

namespace LookupProxy.Core.Storage;

/// <summary>What one node's administrator does, told to all nodes. A node that was cut off hears it when it is back (the implementation sees to that).</summary>
public interface IClusterNews
{
    ValueTask<Telling> FlushedAsync(FlushScope scope, CancellationToken cancellationToken);

    ValueTask<Telling> OverriddenAsync(Override entry, CancellationToken cancellationToken);

    ValueTask<Telling> OverrideRemovedAsync(string address, CancellationToken cancellationToken);

    /// <summary>What other nodes said. One listener; called on any thread, must not block.</summary>
    void Listen(IClusterListener listener);
}
