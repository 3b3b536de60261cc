using System.CommandLine;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"override": the administrator's word on one address, above what the directories say, for a time.</summary>
internal static class OverrideCommand
{
    private const string Path = "v1/overrides";

    public static Command Create(CommandContext context)
    {
        var command = Set(context);
        command.Subcommands.Add(List(context));
        command.Subcommands.Add(Remove(context));
        return command;
    }

    private static Command Set(CommandContext context)
    {
        var address = Address();
        var verdict = new Argument<string>("VERDICT") { Description = "What it is: valid or invalid." };
        verdict.AcceptOnlyFromAmong("valid", "invalid");
        var length = new Option<string>("--for") { Description = "For how long, at most 30d: 30m, 2h, 7d.", HelpName = "TIME", Required = true };
        var why = new Option<string>("--why") { Description = "One line for those who read the list.", HelpName = "TEXT", Required = true };
        var call = new AdminOptions();
        var command = new Command(
            "override", "Say what an address is, above what the directories say, for a time, on all nodes. Exit code 75 when not all nodes could be told, or the store not be written, yet.")
        {
            address, verdict, length, why, call.Url, call.TokenFile, call.Json,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var request = new OverrideRequestBody
            {
                Verdict = parsed.GetValue(verdict) == "valid" ? OverrideWord.Valid : OverrideWord.Invalid,
                For = parsed.GetValue(length)!,
                Why = parsed.GetValue(why)!,
            };
            return call.SendAsync(
                context,
                parsed,
                HttpMethod.Put,
                $"{Path}/{Uri.EscapeDataString(parsed.GetValue(address)!)}",
                AdminOptions.Content(request, ApiJson.Default.OverrideRequestBody),
                ApiJson.Default.OverrideBody,
                entry => context.Terminal.Out.WriteLine($"{entry.Address} is {Tables.Word(entry.Verdict)} until {entry.Until:u}"),
                entry => AdminOptions.ExitCodeOf(context, entry.AllNodesTold ?? true, entry.StoreWritten ?? true),
                cancellationToken);
        });
        return command;
    }

    private static Command List(CommandContext context)
    {
        var call = new AdminOptions();
        var command = new Command("list", "Show the overrides that have not expired.") { call.Url, call.TokenFile, call.Json };
        command.SetAction((parsed, cancellationToken) => call.SendAsync(
            context,
            parsed,
            HttpMethod.Get,
            Path,
            content: null,
            ApiJson.Default.OverridesBody,
            list => OverrideReport.Write(context.Terminal, list.Overrides, context.Time.GetUtcNow()),
            exitCodeOf: null,
            cancellationToken));
        return command;
    }

    private static Command Remove(CommandContext context)
    {
        var address = Address();
        var call = new AdminOptions();
        var command = new Command("remove", "Let the directories speak again. Exit code 1 when there is no such override, 75 when not all nodes could be told, or the store not be written, yet.")
        {
            address, call.Url, call.TokenFile, call.Json,
        };
        command.SetAction((parsed, cancellationToken) => call.SendAsync(
            context,
            parsed,
            HttpMethod.Delete,
            $"{Path}/{Uri.EscapeDataString(parsed.GetValue(address)!)}",
            content: null,
            ApiJson.Default.OverrideRemovedBody,
            removed => context.Terminal.Out.WriteLine($"{removed.Address}: override removed"),
            removed => AdminOptions.ExitCodeOf(context, removed.AllNodesTold, removed.StoreWritten ?? true),
            cancellationToken));
        return command;
    }

    private static Argument<string> Address() => new("ADDRESS") { Description = "The recipient's address." };
}
