using System.Net;
using LookupProxy.SystemTests.Gateways;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Exim;

/// <summary>A real Exim that relays for the shared domains, with a configuration, spool and log of its own.</summary>
internal sealed class EximGateway : IMailGateway
{
    /// <summary>Debian's Exim will not start without its user, which only its package makes: it sees accounts of its own.</summary>
    private const string SeesAccounts = """mount --bind "$1" /etc/passwd && mount --bind "$2" /etc/group && shift 2 && exec "$@" """;

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("exim");
    private RunningProgram? _exim;

    public int Port { get; } = LoopbackPorts.Next();

    public string Log => _exim?.Output.ToString() ?? "";

    /// <param name="main">Lines of the main section: the recipe's.</param>
    /// <param name="acl">Statements of the RCPT ACL: the recipe's.</param>
    public static Task<EximGateway> StartAsync(string main, string acl) =>
        Started.WholeAsync(new EximGateway(), gateway => gateway.StartCoreAsync(main, acl));

    public async ValueTask DisposeAsync()
    {
        if (_exim is not null)
            await _exim.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartCoreAsync(string main, string acl)
    {
        var spool = _folder.Folder("spool");
        await Command.MustAsync("chown", ["mail", spool]);
        var configuration = _folder.Write(
            "exim.conf",
            $"""
            primary_hostname = gateway.example
            exim_user = mail
            exim_group = mail
            spool_directory = {spool}
            log_file_path = {spool}/%slog
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = {Port}
            host_lookup =
            rfc1413_query_timeout = 0s
            tls_advertise_hosts =
            .include {_folder.Write("main.conf", main)}
            acl_smtp_rcpt = acl_rcpt
            begin acl
            acl_rcpt:
              require domains = +lookupproxy_domains
            .include {_folder.Write("acl.conf", acl)}
              accept

            """);
        var passwd = _folder.Write("passwd", await File.ReadAllTextAsync("/etc/passwd") + "Debian-exim:x:8:8::/nonexistent:/usr/sbin/nologin\n");
        var group = _folder.Write("group", await File.ReadAllTextAsync("/etc/group") + "Debian-exim:x:8:\n");
        // -v: in the foreground, and what is logged is shown too.
        _exim = RunningProgram.Start("unshare", ["--mount", "bash", "-c", SeesAccounts, "bash", passwd, group, Tool.Exim, "-C", configuration, "-bdf", "-v", "-oP", _folder.File("exim.pid")]);
        await _exim.ListensAsync(IPAddress.Loopback, Port, StartWithin, "Exim", () => Log);
    }
}
