namespace LookupProxy.Core.Listing;

/// <summary>Where a reading of changes may go on: a DirSync or syncrepl cookie, a highest uSNChanged with the server's id, a time. Only its maker reads it; it can be stored.</summary>
public sealed record ListingMark(string Method, ReadOnlyMemory<byte> Value);
