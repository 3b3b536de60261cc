using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Overrides;
using LookupProxy.Storage.Redis.News;

namespace LookupProxy.Storage.Redis;

/// <summary>Overrides outlive the process in Redis. They are put there when they are told, and that says whether they are.</summary>
internal sealed class RedisOverrides(RedisKeeper keeper, NewsLedger ledger, TimeProvider time) : IOverrideStore
{
    public async ValueTask<ImmutableArray<Override>> LoadAsync(CancellationToken cancellationToken)
    {
        await keeper.Ready.WaitAsync(cancellationToken);
        return [.. ledger.Overrides(time.GetUtcNow())];
    }

    public ValueTask<bool> KeepAsync(Override entry, CancellationToken cancellationToken) => new(true);

    public ValueTask<bool> RemoveAsync(Address address, CancellationToken cancellationToken) => new(true);
}
