using LookupProxy.Core.Storage;

namespace LookupProxy.Core.Lookups;

public interface ICacheControl
{
    /// <summary>
    /// Forgets answers in memory, in the store and on the other nodes; a question that is under way is not kept either.
    /// </summary>
    ValueTask<FlushResult> FlushAsync(FlushScope scope, CancellationToken cancellationToken);
}
