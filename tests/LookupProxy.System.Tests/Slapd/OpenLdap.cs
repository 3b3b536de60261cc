using System.Globalization;
using System.Net;
using LookupProxy.SystemTests.Processes;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.SystemTests.Slapd;

/// <summary>A real slapd with an mdb database, on loopback ports that stay the same over restarts.</summary>
internal sealed class OpenLdap : IAsyncDisposable
{
    public const string ServicePassword = "Lookup-Pw1!";

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new("slapd");
    private readonly SlapdOptions _whole;
    private RunningProgram? _slapd;
    private int _generation;

    private OpenLdap(SlapdOptions options) => _whole = options;

    public int Port { get; } = LoopbackPorts.Next();

    public int TlsPort { get; } = LoopbackPorts.Next();

    public string Url => $"ldap://127.0.0.1:{Port}";

    public string TlsUrl => $"ldaps://127.0.0.1:{TlsPort}";

    public string ServiceDn => $"cn=svc-lookup,{_whole.Suffix}";

    public string Suffix => _whole.Suffix;

    public CapturedOutput Output => _slapd!.Output;

    public static Task<OpenLdap> StartAsync(SlapdOptions options) =>
        Started.WholeAsync(new OpenLdap(options), directory => directory.StartAsync(options, makeDatabase: true));

    /// <summary>Hangs: connections are accepted by the kernel, nothing is answered.</summary>
    public void Suspend() => _slapd!.Send(Signal.Stop);

    public void Resume() => _slapd!.Send(Signal.Continue);

    public Task KillAsync() => _slapd!.KillAsync();

    public Task ShutDownAsync() => _slapd!.StopAsync();

    /// <summary>As it was first, with the data it had when it ended.</summary>
    public Task RestartAsync() => RestartAsync(static whole => whole, keepData: true);

    /// <summary>Otherwise than it was first, with data made anew.</summary>
    public Task RestartAsync(Func<SlapdOptions, SlapdOptions> change) => RestartAsync(change, keepData: false);

    public async Task AddAsync(string ldif) =>
        await Command.MustAsync(Tool.LdapAdd, ["-x", "-H", Url, "-D", AdminDn(_whole), "-w", ServicePassword], ldif);

    /// <summary>Changes of any kind, LDIF with changetype.</summary>
    public async Task ModifyAsync(string ldif) =>
        await Command.MustAsync(Tool.LdapModify, ["-x", "-H", Url, "-D", AdminDn(_whole), "-w", ServicePassword], ldif);

    /// <summary>While it runs, its connections untouched. slapd.access(5) without the word access; until the next restart.</summary>
    public async Task SetAccessAsync(string access) => await Command.MustAsync(
        Tool.LdapModify,
        ["-x", "-H", Url, "-D", "cn=config", "-w", ServicePassword],
        $"dn: olcDatabase={{-1}}frontend,cn=config\nchangetype: modify\nreplace: olcAccess\nolcAccess: {access}\n");

    public async ValueTask DisposeAsync()
    {
        if (_slapd is not null)
            await _slapd.DisposeAsync();
        _folder.Dispose();
    }

    private static string AdminDn(SlapdOptions options) => $"cn=admin,{options.Suffix}";

    private async Task RestartAsync(Func<SlapdOptions, SlapdOptions> change, bool keepData)
    {
        if (_slapd is not null)
            await _slapd.DisposeAsync();
        await StartAsync(change(_whole), makeDatabase: !keepData);
    }

    private async Task StartAsync(SlapdOptions options, bool makeDatabase)
    {
        if (makeDatabase)
            _generation++;
        var database = _folder.Folder(string.Create(CultureInfo.InvariantCulture, $"db{_generation}"));
        var configuration = _folder.Write("slapd.conf", SlapdConfiguration.Render(options, AdminDn(options), database, _folder));
        if (makeDatabase)
        {
            var ldif = _folder.Write("data.ldif", SlapdConfiguration.Data(options));
            await Command.MustAsync(Tool.Slapadd, ["-q", "-f", configuration, "-l", ldif]);
        }

        var tls = options.PlainOnTlsPort ? $"ldap://127.0.0.1:{TlsPort}/" : $"ldaps://127.0.0.1:{TlsPort}/";
        var listeners = options.Certificate is null && !options.PlainOnTlsPort ? $"{Url}/" : $"{Url}/ {tls}";
        _slapd = RunningProgram.Start(Tool.Slapd, ["-f", configuration, "-h", listeners, "-d", "stats"]);
        await _slapd.ListensAsync(IPAddress.Loopback, Port, StartWithin, "slapd");
    }
}
