using System.CommandLine;
using System.CommandLine.Invocation;

namespace LookupProxy.Host.Commands;

/// <summary>Help that does not show a subcommand the arguments of the command above it: "override list" takes no address.</summary>
internal sealed class SubcommandHelp(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        foreach (var argument in parseResult.CommandResult.Command.Parents.OfType<Command>().SelectMany(static above => above.Arguments))
            argument.Hidden = true;
        return help.Invoke(parseResult);
    }
}
