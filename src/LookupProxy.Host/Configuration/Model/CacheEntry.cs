using LookupProxy.Resolution.Model;

namespace LookupProxy.Host.Configuration.Model;

/// <summary>All that the section cache says.</summary>
internal sealed record CacheEntry(CacheSettings Memory, StoreSettings Store);
