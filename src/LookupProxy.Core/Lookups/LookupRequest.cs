using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Lookups;

/// <param name="View">The set of namespaces to look in; null for the default one.</param>
/// <param name="Explain">Fill the evidence even when memory decides.</param>
public readonly record struct LookupRequest(Address Address, string? View = null, bool Explain = false);
