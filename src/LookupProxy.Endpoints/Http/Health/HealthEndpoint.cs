using LookupProxy.Core.Health;
using LookupProxy.Core.Storage;
using LookupProxy.Endpoints.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace LookupProxy.Endpoints.Http.Health;

/// <summary>
/// Probes for orchestrators and the state of the directories for people.
/// Ready means that mail can be answered, and a deferral is an answer: directories that are down, even all of them, leave the process ready, because
/// memory still answers for known recipients and because a gateway without any server to ask does worse with its mail. /health tells the difference.
/// </summary>
internal sealed class HealthEndpoint(IDirectoryHealthSource source, IEnumerable<IAlarmSource> alarms, IAnswerStore? store, IHostApplicationLifetime lifetime)
{
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, StatusCodes.Status200OK, "alive");

    public Task StartupAsync(HttpContext context) => IsStarted
        ? WriteAsync(context, StatusCodes.Status200OK, "started")
        : WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "starting");

    public Task ReadyAsync(HttpContext context)
    {
        if (!IsStarted)
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "starting");
        if (lifetime.ApplicationStopping.IsCancellationRequested)
            return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "stopping");
        return WriteAsync(context, StatusCodes.Status200OK, Read().Status == HealthWord.Healthy ? "ready" : "degraded");
    }

    /// <summary>503 only when no directory at all can answer, for monitors that look at nothing but the status.</summary>
    public Task GetAsync(HttpContext context)
    {
        var body = Read();
        var status = body.Status == HealthWord.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return JsonReply.WriteAsync(context, status, body, ApiJson.Default.HealthBody);
    }

    private bool IsStarted => lifetime.ApplicationStarted.IsCancellationRequested;

    private HealthBody Read()
    {
        var directories = source.Current.Select(DirectoryBody.Of).ToArray();
        var kept = store is null ? null : StoreBody.Of(store);
        AlarmBody[] open = [.. alarms.SelectMany(static alarm => alarm.Current).OrderBy(static alarm => alarm.Since).Select(AlarmBody.Of)];
        var isWell = open.Length == 0 && kept is not { Working: false };
        return new HealthBody
        {
            Status = isWell && Array.TrueForAll(directories, static directory => directory.Status == HealthWord.Healthy) ? HealthWord.Healthy
                : Array.TrueForAll(directories, static directory => directory.Status == HealthWord.Unhealthy) ? HealthWord.Unhealthy
                : HealthWord.Degraded,
            Directories = directories,
            Alarms = open,
            Store = kept,
        };
    }

    private static Task WriteAsync(HttpContext context, int status, string word) =>
        JsonReply.WriteAsync(context, status, new StatusBody(word), ApiJson.Default.StatusBody);
}
