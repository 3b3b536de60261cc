using System.Collections.Immutable;

namespace LookupProxy.Core.Storage;

/// <summary>An answer sheet outside the memory of one process.</summary>
/// <param name="Key">The resolver's key of the address: namespace, line feed, canonical address.</param>
public sealed record StoredSheet(string Key, ImmutableArray<StoredAnswer> Answers);
