using System.CommandLine;
using System.Text;
using LookupProxy.Endpoints.Ldap.Accounts;

namespace LookupProxy.Host.Commands;

/// <summary>"password hash": what stands under endpoints.ldap.accounts[].passwordHash.</summary>
internal static class PasswordCommand
{
    public static Command Create(CommandContext context)
    {
        var hash = new Command("hash", "Read a password from standard input (one line) and print its hash for passwordHash.");
        hash.SetAction(_ => Run(context.Terminal));
        return new Command("password", "Work with the passwords of those who ask.") { hash };
    }

    /// <summary>Not an argument: every user of the machine sees these.</summary>
    private static int Run(Terminal terminal)
    {
        if (terminal.In.ReadLine() is not { Length: > 0 } password)
        {
            terminal.Error.WriteLine("no password on standard input; lookupproxy password hash < FILE");
            return ExitCode.Usage;
        }

        terminal.Out.WriteLine(PasswordHash.Create(Encoding.UTF8.GetBytes(password)));
        return ExitCode.Ok;
    }
}
