namespace LookupProxy.Core.Overrides;

/// <summary>How far a change has come that counts on this node.</summary>
/// <param name="AllNodesTold">True also when there is only one; else they will be when they can be reached.</param>
/// <param name="StoreWritten">False when a restart undoes it, unless the store works again before; true also where nothing is stored.</param>
public readonly record struct OverrideChange(bool AllNodesTold, bool StoreWritten);
