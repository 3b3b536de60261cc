using System.CommandLine;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"directory isolate", "close", "refresh" and "accept": the administrator's hand on a running server's directories.</summary>
internal static class DirectoryCommand
{
    public static Command Create(CommandContext context) => new("directory", "Take a directory's servers out of use for maintenance, and back; read it for its local copy; accept that its recipients are gone.")
    {
        Change(context, "isolate", "Ask this directory no more until \"close\": its addresses that nobody else has are then not known."),
        Change(context, "close", "Ask this directory again, also when its circuit was opened by failures."),
        Refresh(context),
        Accept(context),
    };

    private static Command Change(CommandContext context, string verb, string description)
    {
        var name = Name();
        var server = new Option<string?>("--server") { Description = "One of its servers, as health calls it; else all of them.", HelpName = "SERVER" };
        var call = new AdminOptions();
        var command = new Command(verb, description) { name, server, call.Url, call.TokenFile };
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = Path(parsed.GetValue(name)!, verb);
            if (parsed.GetValue(server) is { } one)
                path += $"?server={Uri.EscapeDataString(one)}";
            return call.SendAsync(context, parsed, HttpMethod.Post, path, content: null, ApiJson.Default.DirectoryBody, directory => Report(context, directory), cancellationToken);
        });
        return command;
    }

    private static Command Refresh(CommandContext context)
    {
        var name = Name();
        var call = new AdminOptions();
        var command = new Command("refresh", "Read this directory for its local copy now, all of it. \"health\" shows how far that is.") { name, call.Url, call.TokenFile };
        command.SetAction((parsed, cancellationToken) => call.SendAsync(
            context, parsed, HttpMethod.Post, Path(parsed.GetValue(name)!, "refresh"), content: null, ApiJson.Default.DirectoryBody, directory => Report(context, directory), cancellationToken));
        return command;
    }

    private static Command Accept(CommandContext context)
    {
        var name = Name();
        var call = new AdminOptions();
        var command = new Command("accept", "Take it as the truth that many of this directory's recipients are gone, which was held to be a fault.") { name, call.Url, call.TokenFile };
        command.SetAction((parsed, cancellationToken) => call.SendAsync(
            context, parsed, HttpMethod.Post, Path(parsed.GetValue(name)!, "accept"), content: null, ApiJson.Default.AcceptedBody, accepted => Report(context, accepted), cancellationToken));
        return command;
    }

    private static Argument<string> Name() => new("NAME") { Description = "The directory, as the configuration calls it." };

    private static string Path(string directory, string verb) => $"v1/directories/{Uri.EscapeDataString(directory)}/{verb}";

    private static int Report(CommandContext context, AcceptedBody accepted)
    {
        foreach (var what in accepted.Accepted)
            context.Terminal.Out.WriteLine(what);
        return ExitCode.Ok;
    }

    private static int Report(CommandContext context, DirectoryBody directory)
    {
        HealthReport.Write(context.Terminal, [directory], context.Time.GetUtcNow());
        return ExitCode.Ok;
    }
}
