using LookupProxy.Core.Health;
using LookupProxy.Endpoints.Http.Admin;
using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Http.Directories;

/// <summary>The administrator's hand on the directories: circuit breakers, local copies, and what is refused of them.</summary>
internal sealed class DirectoriesEndpoint(
    IServerControl control, ISnapshotControl? snapshots, IEnumerable<IAcceptance> acceptances, IDirectoryHealthSource source, AdminToken admin, ILogger logger)
{
    public Task IsolateAsync(HttpContext context) => ChangeAsync(context, control.IsolateAsync, HttpLog.Isolated);

    public Task CloseAsync(HttpContext context) => ChangeAsync(context, control.CloseAsync, HttpLog.Closed);

    public async Task AcceptAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context))
            return;
        var directory = NameIn(context);
        if (Find(directory) is null)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such directory; GET /health lists them.");
            return;
        }

        var accepted = new List<string>();
        foreach (var acceptance in acceptances)
        {
            if (await acceptance.AcceptAsync(directory, context.RequestAborted) is { } what)
                accepted.Add(what);
        }

        if (accepted.Count == 0)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status409Conflict, "Nothing of this directory is refused, so there is nothing to accept; GET /health lists the alarms.");
            return;
        }

        HttpLog.Accepted(logger, directory, string.Join("; ", accepted), AdminToken.Caller(context));
        await JsonReply.WriteAsync(context, StatusCodes.Status200OK, new AcceptedBody(directory, accepted), ApiJson.Default.AcceptedBody);
    }

    public async Task RefreshAsync(HttpContext context)
    {
        if (!await admin.AdmitAsync(context))
            return;
        var directory = NameIn(context);
        if (snapshots?.Refresh(directory) is not true)
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such directory, or no local copy of it is kept (directories.NAME.snapshot).");
            return;
        }

        HttpLog.SnapshotRefreshed(logger, directory, AdminToken.Caller(context));
        await WriteStateAsync(context, directory);
    }

    private async Task ChangeAsync(
        HttpContext context,
        Func<string, string?, CancellationToken, ValueTask<bool>> change,
        Action<ILogger, string, string, string> log)
    {
        if (!await admin.AdmitAsync(context))
            return;
        var directory = NameIn(context);
        // Null when it is not there: a name that is empty is no server's, and does not mean all of them.
        var server = context.Request.Query.TryGetValue("server", out var given) ? given.ToString() : null;
        if (!await change(directory, server, context.RequestAborted))
        {
            await JsonReply.ProblemAsync(context, StatusCodes.Status404NotFound, "There is no such directory or server; GET /health lists them.");
            return;
        }

        log(logger, directory, server ?? "all servers", AdminToken.Caller(context));
        await WriteStateAsync(context, directory);
    }

    private async Task WriteStateAsync(HttpContext context, string directory)
    {
        if (Find(directory) is { } now)
            await JsonReply.WriteAsync(context, StatusCodes.Status200OK, DirectoryBody.Of(now), ApiJson.Default.DirectoryBody);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private DirectoryHealth? Find(string directory) =>
        source.Current.FirstOrDefault(health => string.Equals(health.Name, directory, StringComparison.Ordinal));

    private static string NameIn(HttpContext context) => context.Request.RouteValues["name"] as string ?? "";
}
