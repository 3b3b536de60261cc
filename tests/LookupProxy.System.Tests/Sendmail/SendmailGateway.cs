using System.Net;
using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Sendmail;

/// <summary>A real Sendmail that relays for the shared domains, with a configuration and queue of its own.</summary>
internal sealed class SendmailGateway : IMailGateway
{
    /// <summary>Sendmail sleeps a minute on a machine whose own name has no dot: it gets a name, and a hosts file that knows it.</summary>
    private const string HasName = """hostname gateway.example && mount --bind "$1" /etc/hosts && shift && exec "$@" """;

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("sendmail");
    private RunningProgram? _sendmail;

    public int Port { get; } = LoopbackPorts.Next();

    public string Log => _sendmail?.Output.ToString() ?? "";

    /// <param name="recipe">Lines of sendmail.mc that make it ask LookupProxy.</param>
    public static Task<SendmailGateway> StartAsync(string recipe) =>
        Started.WholeAsync(new SendmailGateway(), gateway => gateway.StartCoreAsync(recipe));

    public async ValueTask DisposeAsync()
    {
        if (_sendmail is not null)
            await _sendmail.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartCoreAsync(string recipe)
    {
        var sendmail = Tool.Sendmail;
        var macros = _folder.Write("sendmail.mc", Macros(recipe));
        var text = await Command.RunAsync(Tool.Require("m4"), [$"-D_CF_DIR_={Tool.SendmailMacros}/", "m4/cf.m4", macros], folder: Tool.SendmailMacros);
        Assert.True(text.ExitCode == 0, text.Error);
        var configuration = _folder.Write("sendmail.cf", text.Output);
        _folder.Write("service.switch", "hosts files\naliases files\npasswd files\n");
        var hosts = _folder.Write("hosts", "127.0.0.1 localhost gateway.example\n");
        File.SetUnixFileMode(_folder.Folder("mqueue"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _sendmail = RunningProgram.Start("unshare", ["--uts", "--mount", "bash", "-c", HasName, "bash", hosts, sendmail, "-C", configuration, "-bD", "-q1h", "-X", "/dev/stdout"]);
        await _sendmail.ListensAsync(IPAddress.Loopback, Port, StartWithin, "Sendmail", () => Log);
    }

    private string Macros(string recipe) =>
        $"""
        divert(0)dnl
        OSTYPE(`linux')dnl
        define(`confDOMAIN_NAME', `gateway.example')dnl
        define(`ALIAS_FILE', `')dnl
        define(`STATUS_FILE', `{_folder.File("statistics")}')dnl
        define(`QUEUE_DIR', `{_folder.File("mqueue")}')dnl
        define(`confPID_FILE', `{_folder.File("sendmail.pid")}')dnl
        define(`confSERVICE_SWITCH_FILE', `{_folder.File("service.switch")}')dnl
        define(`confDEF_USER_ID', `mail:mail')dnl
        define(`confTO_IDENT', `0')dnl
        FEATURE(`nocanonify')dnl
        FEATURE(`accept_unresolvable_domains')dnl
        FEATURE(`no_default_msa')dnl
        FEATURE(`nouucp', `reject')dnl
        RELAY_DOMAIN(`{GatewayRecipe.Domains.Replace(",", "", StringComparison.Ordinal)}')dnl
        define(`SMART_HOST', `esmtp:[127.0.0.1]')dnl
        DAEMON_OPTIONS(`Name=MTA, Port={Port}, Addr=127.0.0.1')dnl
        MAILER(`smtp')dnl
        {recipe}

        """;
}
