using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Lookups;

/// <param name="View">The set of namespaces to look in; null for the default one.</param>
/// <param name="Explain">Fill the evidence even when memory decides.</param>
/// <param name="Everywhere">
/// Of a valid address: go on until every directory has told, and not long ago, whether it has it; the evidence says what each knows of it. For who would turn
/// somebody away for more than being nobody, since another directory may know the same address otherwise: <see cref="Recipients.Namesakes"/>.
/// </param>
public readonly record struct LookupRequest(Address Address, string? View = null, bool Explain = false, bool Everywhere = false);
