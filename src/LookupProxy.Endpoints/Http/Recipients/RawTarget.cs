using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace LookupProxy.Endpoints.Http.Recipients;

/// <summary>The request target as the client wrote it: the framework's own decoding can't tell %2F from %252F in a path, and makes a "+" a space in a query.</summary>
internal static class RawTarget
{
    /// <summary>What follows <paramref name="prefix"/> in the path, still encoded; null when it isn't there (an encoded prefix, say).</summary>
    public static string? PathAfter(HttpContext context, string prefix)
    {
        var path = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var query = path.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
            path = path[..query];
        var at = path.IndexOf(prefix, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : path[(at + prefix.Length)..];
    }

    /// <summary>Values of a query parameter, still encoded.</summary>
    public static IEnumerable<string> Query(HttpContext context, string name)
    {
        var query = context.Request.QueryString.Value ?? "";
        foreach (var pair in query.TrimStart('?').Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (string.Equals(equals < 0 ? pair : pair[..equals], name, StringComparison.Ordinal))
                yield return equals < 0 ? "" : pair[(equals + 1)..];
        }
    }
}
