using LookupProxy.Core.Storage;

namespace LookupProxy.Endpoints.Tests.Http;

/// <summary>A store of which only its health matters.</summary>
internal sealed class FakeStore(StoreHealth health) : IAnswerStore
{
    public string Type => "redis";

    public StoreHealth Health => health;

    public ValueTask<StoredSheet?> FindAsync(string key, CancellationToken cancellationToken) => default;

    public void Keep(StoredSheet sheet)
    {
    }

    public ValueTask<bool> ForgetAsync(FlushScope scope, CancellationToken cancellationToken) => new(true);

    public ValueTask DisposeAsync() => default;
}
