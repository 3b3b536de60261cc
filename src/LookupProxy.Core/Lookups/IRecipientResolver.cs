using LookupProxy.Core.Recipients;

namespace LookupProxy.Core.Lookups;

public interface IRecipientResolver
{
    /// <summary>
    /// Answers within the lookup deadline, also when every directory hangs. Completes synchronously when memory decides.
    /// Throws only <see cref="OperationCanceledException"/>, and only for <paramref name="cancellationToken"/>.
    /// </summary>
    ValueTask<Verdict> ResolveAsync(LookupRequest request, CancellationToken cancellationToken);
}
