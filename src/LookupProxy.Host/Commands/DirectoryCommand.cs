using System.CommandLine;
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
        var call = new AdminOptions();
        var command = new Command(verb, description) { name, server, call.Url, call.TokenFile };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"v1/directories/{Uri.EscapeDataString(parsed.GetValue(name)!)}/{verb}";
            if (parsed.GetValue(server) is { } one)
                path += $"?server={Uri.EscapeDataString(one)}";
            return call.SendAsync(context, parsed, HttpMethod.Post, path, content: null, ApiJson.Default.DirectoryBody, directory => Report(context, directory), cancellationToken);
        });
        return command;
    }

    private static int Report(CommandContext context, DirectoryBody directory)
    {
        HealthReport.Write(context.Terminal, [directory], context.Time.GetUtcNow());
        return ExitCode.Ok;
    }
}
