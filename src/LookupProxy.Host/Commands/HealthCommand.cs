using System.CommandLine;
using System.Text.Json;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"health": how a running server and its directories are.</summary>
internal static class HealthCommand
{
    public static Command Create(CommandContext context)
    {
        var url = CommonOptions.ServerUrl();
        var ready = new Option<bool>("--ready")
        {
            Description = "Only whether the server answers: for container probes, since a restart mends no directory.",
        };
        var json = CommonOptions.Json();
        var command = new Command("health", "Show how a running server is. Exit code 0 when it is healthy or degraded, 1 when no directory can answer or there is no server.")
        {
            url, ready, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = new ProxyClient(parsed.GetValue(url)!);
            try
            {
                return parsed.GetValue(ready)
                    ? await ShowReadyAsync(context.Terminal, client, parsed.GetValue(json), cancellationToken)
                    : await ShowAsync(context, client, parsed.GetValue(json), cancellationToken);
            }
            catch (ProxyUnreachableException e)
            {
                context.Terminal.Error.WriteLine($"lookupproxy: {e.Message}");
                return ExitCode.No;
            }
        });
        return command;
    }

    private static async Task<int> ShowReadyAsync(Terminal terminal, ProxyClient client, bool asJson, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(HttpMethod.Get, "health/ready", ApiJson.Default.StatusBody, token: null, cancellationToken);
        terminal.Out.WriteLine(asJson && reply.Body is { } body ? JsonSerializer.Serialize(body, ApiJson.Default.StatusBody) : reply.Body?.Status ?? reply.Complaint);
        return reply.Status == System.Net.HttpStatusCode.OK ? ExitCode.Ok : ExitCode.No;
    }

    private static async Task<int> ShowAsync(CommandContext context, ProxyClient client, bool asJson, CancellationToken cancellationToken)
    {
        var reply = await client.SendAsync(HttpMethod.Get, "health", ApiJson.Default.HealthBody, token: null, cancellationToken);
        if (reply.Body is not { } health)
        {
            context.Terminal.Error.WriteLine($"lookupproxy: {client.Url}: {reply.Complaint}");
            return ExitCode.No;
        }

        if (asJson)
            context.Terminal.Out.WriteLine(JsonSerializer.Serialize(health, ApiJson.Default.HealthBody));
        else
            HealthReport.Write(context.Terminal, health, context.Time.GetUtcNow());
        return health.Status == HealthWord.Unhealthy ? ExitCode.No : ExitCode.Ok;
    }
}
