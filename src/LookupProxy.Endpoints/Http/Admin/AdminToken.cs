using System.Security.Cryptography;
using System.Text;
using LookupProxy.Core.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http.Admin;

/// <summary>Bearer authentication (RFC 6750) of the administrator's calls.</summary>
internal sealed class AdminToken(HttpApiOptions options, TimeProvider time, ILogger logger)
{
    private const string Scheme = "Bearer ";

    private readonly LogThrottle _throttle = new(time, burst: 10, window: TimeSpan.FromMinutes(1));

    /// <summary>Answers the request and gives false when the caller may not go on.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext context)
    {
        var expected = options.ReadAdminToken?.Invoke();
        if (string.IsNullOrEmpty(expected))
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status403Forbidden, "No administrator's token is configured: set endpoints.http.adminTokenFile to allow this.");
        }
        else if (Matches(context.Request.Headers.Authorization.ToString(), expected))
        {
            return true;
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await JsonReply.ProblemAsync(context, StatusCodes.Status401Unauthorized, "Send 'Authorization: Bearer TOKEN' with the administrator's token.");
        }

        if (_throttle.Allow(out var suppressed))
            HttpLog.AdminRefused(logger, Caller(context), context.Response.StatusCode, suppressed);
        return false;
    }

    /// <summary>For the log.</summary>
    public static string Caller(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";

    /// <summary>Hashed first, so that the time taken tells neither the token's bytes nor its length.</summary>
    private static bool Matches(string header, string expected)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }
}
