using System.CommandLine;
using System.Net;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"directory isolate" and "directory close": the administrator's hand on a running server's circuit breakers.</summary>
internal static class DirectoryCommand
{
    public static Command Create(CommandContext context) => new("directory", "Take a directory's servers out of use for maintenance, and back.")
    {
        Change(context, "isolate", "Ask this directory no more until \"close\": its addresses that nobody else has are then not known."),
        Change(context, "close", "Ask this directory again, also when its circuit was opened by failures."),
    };

    private static Command Change(CommandContext context, string verb, string description)
    {
        var name = new Argument<string>("NAME") { Description = "The directory, as the configuration calls it." };
        var server = new Option<string?>("--server") { Description = "One of its servers, as health calls it; else all of them.", HelpName = "SERVER" };
        var url = CommonOptions.ServerUrl();
        var tokenFile = new Option<FileInfo>("--token-file") { Description = "The file with the administrator's token (endpoints.http.adminTokenFile).", HelpName = "FILE", Required = true };
        tokenFile.AcceptExistingOnly();
        var command = new Command(verb, description) { name, server, url, tokenFile };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var path = $"v1/directories/{Uri.EscapeDataString(parsed.GetValue(name)!)}/{verb}";
            if (parsed.GetValue(server) is { } one)
                path += $"?server={Uri.EscapeDataString(one)}";
            using var client = new ProxyClient(parsed.GetValue(url)!);
            try
            {
                var token = (await File.ReadAllTextAsync(parsed.GetValue(tokenFile)!.FullName, cancellationToken)).Trim();
                return Report(context, await client.SendAsync(HttpMethod.Post, path, ApiJson.Default.DirectoryBody, token, cancellationToken));
            }
            catch (Exception e) when (e is ProxyUnreachableException or IOException or UnauthorizedAccessException)
            {
                context.Terminal.Error.WriteLine($"lookupproxy: {e.Message}");
                return ExitCode.Unavailable;
            }
        });
        return command;
    }

    private static int Report(CommandContext context, ProxyReply<DirectoryBody> reply)
    {
        if (reply.Problem is not null)
        {
            context.Terminal.Error.WriteLine($"lookupproxy: {reply.Complaint}");
            return reply.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ExitCode.NoPermission : ExitCode.No;
        }

        if (reply.Body is { } directory)
            HealthReport.Write(context.Terminal, [directory], context.Time.GetUtcNow());
        return ExitCode.Ok;
    }
}
