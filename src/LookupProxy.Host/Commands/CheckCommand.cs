using System.CommandLine;
using LookupProxy.Host.Composition;
using LookupProxy.Host.Configuration;
using LookupProxy.Resolution.Model;
using Microsoft.Extensions.Logging.Abstractions;
using Spectre.Console;

namespace LookupProxy.Host.Commands;

/// <summary>"check": is this a valid recipient, and why.</summary>
internal static class CheckCommand
{
    /// <summary>Below this nobody waits long enough to want to see progress.</summary>
    private const int ManyAddresses = 100;

    public static Command Create(CommandContext context)
    {
        var addresses = new Argument<string[]>("ADDRESS") { Description = "Addresses to check; \"-\" stands for the lines of standard input.", Arity = ArgumentArity.OneOrMore };
        var explain = new Option<bool>("--explain", "-e") { Description = "Show what each directory said." };
        var view = new Option<string?>("--view") { Description = "The view to look in; else the default one.", HelpName = "NAME" };
        var json = CommonOptions.Json("Write a JSON object on a line for each address.");
        var config = CommonOptions.Config();
        var url = CommonOptions.Url("Ask the server that runs there; else the directories are asked.");
        var command = new Command("check", "Check addresses. Exit code 0 when all are valid, 75 when one is not known, else 1 when one is invalid or not ours.")
        {
            addresses, explain, view, json, config, url,
        };
        addresses.Validators.Add(static result =>
        {
            foreach (var option in result.Tokens.Select(static token => token.Value).Where(static text => text is ['-', _, ..] && !text.Contains('@')))
                result.AddError($"{option} is no option of check");
        });
        command.Validators.Add(result =>
        {
            if (result.GetResult(config) is { Implicit: false } && result.GetResult(url) is { Implicit: false })
                result.AddError("--config and --url exclude each other: either the directories are asked or a server is");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (made, fault) = Checker(context, parsed.GetValue(config), parsed.GetValue(url), parsed.GetValue(view));
            if (made is not { } checker)
                return fault;
            await using (checker)
            {
                var list = AddressList.Read(parsed.GetValue(addresses) ?? [], context.Terminal.In);
                return parsed.GetValue(json)
                    ? await WriteJsonAsync(context.Terminal, CheckRun.RunAsync(checker, list, cancellationToken), parsed.GetValue(explain))
                    : await WriteTableAsync(context.Terminal, checker, [.. list], parsed.GetValue(explain), cancellationToken);
            }
        });
        return command;
    }

    /// <returns>Without a checker the exit code.</returns>
    private static (IAddressChecker? Checker, int Fault) Checker(CommandContext context, string? config, Uri? url, string? view)
    {
        if (url is not null)
            return (new ServerChecker(new ProxyClient(url), view), ExitCode.Ok);
        var outcome = new ConfigurationLoader(context.Environment, context.Time).Load(ConfigurationLocation.Find(config, context.Environment).File);
        if (outcome.Configuration is not { } configuration)
        {
            FaultReport.Write(context.Terminal.Error, outcome);
            return (null, ExitCode.Configuration);
        }

        string[] views = [.. configuration.Resolver.Views.Select(static known => known.Name).Append(ViewDefinition.Default).Distinct(StringComparer.Ordinal)];
        if (view is not null && !views.Contains(view, StringComparer.Ordinal))
        {
            context.Terminal.Error.WriteLine($"lookupproxy: {outcome.File} has no view \"{view}\"; it has {string.Join(", ", views)}");
            return (null, ExitCode.Usage);
        }

        return (new EngineChecker(LookupEngine.StartForOnce(configuration, NullLoggerFactory.Instance, context.Time), view), ExitCode.Ok);
    }

    private static async Task<int> WriteJsonAsync(Terminal terminal, IAsyncEnumerable<Checked> all, bool explain)
    {
        var worst = ExitCode.Ok;
        await foreach (var one in all)
        {
            terminal.Out.WriteLine(CheckJson.Line(one, explain));
            worst = Math.Max(worst, one.ExitCode);
        }

        return worst;
    }

    private static async Task<int> WriteTableAsync(Terminal terminal, IAddressChecker checker, string[] list, bool explain, CancellationToken cancellationToken)
    {
        var all = new List<Checked>(list.Length);
        if (terminal.IsInteractive && list.Length >= ManyAddresses)
            await terminal.Progress().StartAsync(progress => CollectAsync(progress.AddTask("checking", maxValue: list.Length)));
        else
            await CollectAsync(null);

        if (explain)
            CheckReport.WriteExplained(terminal, all);
        else
            CheckReport.Write(terminal, all);
        // Standard input may hold none.
        return all.Select(static one => one.ExitCode).DefaultIfEmpty(ExitCode.Ok).Max();

        async Task CollectAsync(ProgressTask? progress)
        {
            await foreach (var one in CheckRun.RunAsync(checker, list, cancellationToken))
            {
                all.Add(one);
                progress?.Increment(1);
            }
        }
    }
}
