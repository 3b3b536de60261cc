namespace LookupProxy.Resolution.Snapshots;

/// <summary>The copy in use. Swapped whole.</summary>
/// <param name="ToldAt">Its age, in ticks of the resolver's clock.</param>
internal sealed record CopyState(RecipientCopy Copy, long ToldAt);
