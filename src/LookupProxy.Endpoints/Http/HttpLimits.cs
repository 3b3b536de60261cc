using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace LookupProxy.Endpoints.Http;

/// <summary>Kestrel's limits for the HTTP port: questions are short, and so is the patience for them.</summary>
public static class HttpLimits
{
    internal const int MaxBody = 64 * 1024;

    public static void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var limits = options.Limits;

        // An address of 254 octets, each percent-encoded, with its parameters.
        limits.MaxRequestLineSize = 4 * 1024;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestBodySize = MaxBody;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
        limits.Http2.MaxStreamsPerConnection = 100;
    }
}
