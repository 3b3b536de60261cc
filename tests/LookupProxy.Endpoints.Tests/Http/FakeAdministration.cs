using System.Collections.Immutable;
using LookupProxy.Core.Addresses;
using LookupProxy.Core.Lookups;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Endpoints.Tests.Http;

/// <summary>What the administrator changes, in a list.</summary>
internal sealed class FakeAdministration : ICacheControl, IOverrides
{
    public List<FlushScope> Flushed { get; } = [];

    public ImmutableArray<Override> Current { get; set; } = [];

    public bool IsFull { get; set; }

    public bool AllNodesTold { get; set; } = true;

    public bool StoreWritten { get; set; } = true;

    public ValueTask<FlushResult> FlushAsync(FlushScope scope, CancellationToken cancellationToken)
    {
        Flushed.Add(scope);
        return ValueTask.FromResult(new FlushResult(3, AllNodesTold, StoreWritten));
    }

    public bool Concern(Address address) => address.Domain.EndsWith("corp.example");

    public ValueTask<OverrideChange> SetAsync(Override entry, CancellationToken cancellationToken)
    {
        if (IsFull)
            throw new InvalidOperationException("full");
        Current = Current.RemoveAll(other => other.Address.Equals(entry.Address)).Add(entry);
        return ValueTask.FromResult(new OverrideChange(AllNodesTold, StoreWritten));
    }

    public ValueTask<OverrideRemoval> RemoveAsync(Address address, CancellationToken cancellationToken)
    {
        var left = Current.RemoveAll(entry => entry.Address.Equals(address));
        var was = left.Length < Current.Length;
        Current = left;
        return ValueTask.FromResult(new OverrideRemoval(was, new OverrideChange(AllNodesTold, StoreWritten)));
    }
}
