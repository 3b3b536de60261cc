using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"directory isolate", "close", "refresh" and "accept": the administrator's hand on a running server's directories.</summary>
internal static class DirectoryCommand
{
    public static Command Create(CommandContext context) => new("directory", "Take a directory's servers out of use for maintenance, and back; read it for its local copy; accept that its recipients are gone.")
    {
        Change(context, "isolate", "Ask this directory no more until \"close\": its addresses that nobody else has are then not known."),
        Change(context, "close", "Ask this directory again, also when its circuit was opened by failures, and try at once whether it answers, also with a password that it refused."),
        Call(
            context, "refresh", "Read this directory for its local copy now, all of it. \"health\" shows how far that is.", server: null, ApiJson.Default.DirectoryBody, Show),
        Call(
            context, "accept", "Take it as the truth that many of this directory's recipients, or all who had an attribute, are gone, which was held to be a fault.", server: null, ApiJson.Default.AcceptedBody, Show),
    };

    private static Command Change(CommandContext context, string verb, string description)
    {
        var server = new Option<string?>("--server") { Description = "One of its servers, as health calls it; else all of them.", HelpName = "SERVER" };
        return Call(context, verb, description, server, ApiJson.Default.DirectoryBody, Show);
    }

    /// <param name="server">Null where the verb concerns the directory as a whole.</param>
    private static Command Call<T>(CommandContext context, string verb, string description, Option<string?>? server, JsonTypeInfo<T> type, Action<CommandContext, T> show)
        where T : class
    {
        var name = new Argument<string>("NAME") { Description = "The directory, as the configuration calls it." };
        var call = new AdminOptions();
        var command = new Command(verb, description) { name, call.Url, call.TokenFile, call.Json };
        if (server is not null)
            command.Add(server);
        command.SetAction((parsed, cancellationToken) =>
        {
            var path = $"v1/directories/{Uri.EscapeDataString(parsed.GetValue(name)!)}/{verb}";
            if (server is not null && parsed.GetValue(server) is { } one)
                path += $"?server={Uri.EscapeDataString(one)}";
            return call.SendAsync(context, parsed, HttpMethod.Post, path, content: null, type, body => show(context, body), exitCodeOf: null, cancellationToken);
        });
        return command;
    }

    private static void Show(CommandContext context, AcceptedBody accepted)
    {
        foreach (var what in accepted.Accepted)
            context.Terminal.Out.WriteLine(what);
    }

    private static void Show(CommandContext context, DirectoryBody directory) => HealthReport.Write(context.Terminal, [directory], context.Time.GetUtcNow());
}
