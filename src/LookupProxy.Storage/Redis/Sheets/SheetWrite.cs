using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Redis.Sheets;

/// <param name="Stamp">The number of the newest flush that could concern it and that this node knew of.</param>
/// <param name="Tries">That failed while Redis worked.</param>
internal readonly record struct SheetWrite(StoredSheet Sheet, long Stamp, int Tries = 0);
