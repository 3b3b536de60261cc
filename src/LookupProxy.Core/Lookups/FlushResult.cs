namespace LookupProxy.Core.Lookups;

/// <param name="Sheets">That memory of this node forgot.</param>
/// <param name="AllNodesTold">True also when there is only one.</param>
/// <param name="StoreWritten">False when a restart brings back what was forgotten, unless the store works again before; true also where nothing is stored.</param>
public readonly record struct FlushResult(int Sheets, bool AllNodesTold, bool StoreWritten);
