using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace LookupProxy.Host.Commands;

/// <summary>The command line as a whole.</summary>
internal static class CommandTree
{
    public static RootCommand Create(CommandContext context)
    {
        var config = new Command("config", "Work with configuration files.") { ConfigCheckCommand.Create(context), ConfigSettingsCommand.Create(context) };
        var serve = new Command("serve", "Answer gateways until a signal asks to stop; what the program does when no command is named.");
        var root = new RootCommand("Answers \"is this a valid recipient?\" from all directories that share a mail domain.")
        {
            serve,
            CheckCommand.Create(context),
            config,
            HealthCommand.Create(context),
            DirectoryCommand.Create(context),
            FlushCommand.Create(context),
            OverrideCommand.Create(context),
            PasswordCommand.Create(context),
            VersionCommand.Create(context),
        };
        ServeCommand.SetUp(serve, context);
        ServeCommand.SetUp(root, context);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new SubcommandHelp((SynchronousCommandLineAction)help.Action!);
        return root;
    }

    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(string[] arguments, CommandContext context, CancellationToken cancellationToken)
    {
        // An argument that begins with "@" is a bad address to tell of, not the name of a file with more arguments.
        var parsed = Create(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var invocation = new InvocationConfiguration { Output = context.Terminal.Out, Error = context.Terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        return parsed.Errors.Count > 0 ? ExitCode.Usage : code;
    }
}
