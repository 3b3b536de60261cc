using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace LookupProxy.Endpoints.Http.Directories;

/// <summary>Bearer authentication (RFC 6750) of calls that change something.</summary>
internal sealed class AdminToken(HttpApiOptions options)
{
    private const string Scheme = "Bearer ";

    /// <summary>Answers the request and gives false when the caller may not go on.</summary>
    public async ValueTask<bool> AdmitAsync(HttpContext context)
    {
        var expected = options.ReadAdminToken?.Invoke();
        if (string.IsNullOrEmpty(expected))
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status403Forbidden, "No administrator's token is configured: set endpoints.http.adminTokenFile to allow this.");
            return false;
        }

        if (Matches(context.Request.Headers.Authorization.ToString(), expected))
            return true;
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await JsonReply.ProblemAsync(context, StatusCodes.Status401Unauthorized, "Send 'Authorization: Bearer TOKEN' with the administrator's token.");
        return false;
    }

    /// <summary>Hashed first, so that the time taken tells neither the token's bytes nor its length.</summary>
    private static bool Matches(string header, string expected)
    {
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        return CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }
}
