using LookupProxy.Core.Addresses;

namespace LookupProxy.Core.Overrides;

/// <summary>An administrator's word on one address, above what the directories say, for a time.</summary>
/// <param name="Why">Free text of one line; shown in the list and in the evidence.</param>
public sealed record Override(Address Address, bool IsValid, DateTimeOffset Until, string Why, DateTimeOffset SetAt);
