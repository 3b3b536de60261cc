using System.CommandLine;
using LookupProxy.Endpoints.Http.Bodies;

namespace LookupProxy.Host.Commands;

/// <summary>"flush": makes a running server, and those that share its store, forget answers.</summary>
internal static class FlushCommand
{
    public static Command Create(CommandContext context)
    {
        var what = new Argument<string?>("ADDRESS|DOMAIN") { Description = "The address, or all addresses of the domain.", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all") { Description = "Everything." };
        var call = new AdminOptions();
        var command = new Command(
            "flush", "Forget answers, so that directories are asked anew: a mailbox that is new, a directory that was mended. Exit code 75 when not all nodes could be told, or the store not be written, yet.")
        {
            what, all, call.Url, call.TokenFile, call.Json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(what) is { Tokens.Count: > 0 } == result.GetValue(all))
                result.AddError("flush takes an address, a domain or --all");
        });
        command.SetAction((parsed, cancellationToken) => call.SendAsync(
            context,
            parsed,
            HttpMethod.Post,
            "v1/cache/flush",
            AdminOptions.Content(Request(parsed.GetValue(what)), ApiJson.Default.FlushRequestBody),
            ApiJson.Default.FlushBody,
            flushed => context.Terminal.Out.WriteLine(flushed.Sheets == 1 ? "1 sheet forgotten" : $"{flushed.Sheets} sheets forgotten"),
            flushed => AdminOptions.ExitCodeOf(context, flushed.AllNodesTold, flushed.StoreWritten ?? true),
            cancellationToken));
        return command;
    }

    private static FlushRequestBody Request(string? what) => what switch
    {
        null => new FlushRequestBody { All = true },
        _ when what.Contains('@') => new FlushRequestBody { Address = what },
        _ => new FlushRequestBody { Domain = what },
    };
}
