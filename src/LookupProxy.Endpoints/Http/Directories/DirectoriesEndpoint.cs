using LookupProxy.Core.Health;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http.Directories;

/// <summary>The administrator's hand on the circuit breakers.</summary>
internal sealed class DirectoriesEndpoint(IServerControl control, IDirectoryHealthSource source, AdminToken admin, ILogger logger)
{
    public Task IsolateAsync(HttpContext context) => ChangeAsync(context, control.IsolateAsync, HttpLog.Isolated);

    public Task CloseAsync(HttpContext context) => ChangeAsync(context, control.CloseAsync, HttpLog.Closed);

    private async Task ChangeAsync(
        HttpContext context,
        Func<string, string?, CancellationToken, ValueTask<bool>> change,
        Action<ILogger, string, string, string> log)
    {
        if (!await admin.AdmitAsync(context))
            return;

        var directory = context.Request.RouteValues["name"] as string ?? "";
        var server = context.Request.Query["server"].ToString();
        if (!await change(directory, server.Length == 0 ? null : server, context.RequestAborted))
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such directory or server; GET /health lists them.");
            return;
        }

        log(logger, directory, server.Length == 0 ? "all servers" : server, AdminToken.Caller(context));
        if (source.Current.FirstOrDefault(health => string.Equals(health.Name, directory, StringComparison.Ordinal)) is { } now)
            await JsonReply.WriteAsync(context, StatusCodes.Status200OK, DirectoryBody.Of(now), ApiJson.Default.DirectoryBody);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
