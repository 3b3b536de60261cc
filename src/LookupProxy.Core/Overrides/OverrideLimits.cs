namespace LookupProxy.Core.Overrides;

public static class OverrideLimits
{
    /// <summary>In force at a time. An override is a word on one address for a while: who needs more should mend a directory.</summary>
    public const int Count = 10_000;
}
