using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Redis.News;

/// <summary>What a flush's number is kept under.</summary>
internal static class ScopeName
{
    /// <summary>Empty for an address, which is forgotten in its own hash.</summary>
    public static string Of(FlushScope scope) => scope switch
    {
        FlushScope.OfDomain domain => domain.Domain,
        FlushScope.OfAll => FlushMarks.All,
        _ => "",
    };
}
