namespace LookupProxy.Core.Overrides;

/// <param name="WasThere">On this node.</param>
public readonly record struct OverrideRemoval(bool WasThere, OverrideChange Change);
