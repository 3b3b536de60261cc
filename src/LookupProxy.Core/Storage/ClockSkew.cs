namespace LookupProxy.Core.Storage;

public static class ClockSkew
{
    /// <summary>By which the clocks of nodes and servers that are well may differ.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
}
