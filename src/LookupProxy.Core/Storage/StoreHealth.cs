namespace LookupProxy.Core.Storage;

/// <param name="IsWorking">False while the node goes on by itself.</param>
/// <param name="Detail">For people: what is wrong and what to do; null when nothing is.</param>
/// <param name="Sheets">Kept; null when not known.</param>
/// <param name="Pending">Waiting to be written.</param>
/// <param name="Dropped">Never written, because they came too fast or the store did not work.</param>
public sealed record StoreHealth(bool IsWorking, string? Detail, long? Sheets, long Pending, long Dropped);
