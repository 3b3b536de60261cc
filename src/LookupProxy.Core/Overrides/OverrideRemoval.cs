namespace LookupProxy.Core.Overrides;

/// <param name="WasThere">On this node.</param>
/// <param name="AllNodesTold">True also when there is only one; else they will be when they can be reached.</param>
public readonly record struct OverrideRemoval(bool WasThere, bool AllNodesTold);
