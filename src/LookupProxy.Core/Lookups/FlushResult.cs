namespace LookupProxy.Core.Lookups;

/// <param name="Sheets">That memory of this node forgot.</param>
/// <param name="AllNodesTold">True also when there is only one.</param>
public readonly record struct FlushResult(int Sheets, bool AllNodesTold);
