using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Redis.News;

/// <summary>What one node tells the others.</summary>
internal abstract record NewsItem
{
    private NewsItem()
    {
    }

    public sealed record Flush(FlushScope Scope) : NewsItem;

    public sealed record Set(Override Entry) : NewsItem;

    /// <param name="Address">As <see cref="Core.Addresses.Address.Text"/>.</param>
    public sealed record Removal(string Address) : NewsItem;
}
