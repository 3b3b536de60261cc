using System.Net;
using System.Net.Sockets;
using LookupProxy.SystemTests.Certificates;
using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Samba;

/// <summary>
/// A real Active Directory forest of one Samba domain controller. Samba knows only the standard ports, so each forest has a loopback address of its own.
/// </summary>
internal sealed class SambaForest : IAsyncDisposable
{
    public const string ServicePassword = "Lookup-Pw1!";

    public const string AdministratorPassword = "Passw0rd!Lab";

    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private static int _last = Environment.ProcessId;

    private readonly TemporaryFolder _folder;
    private RunningProgram? _samba;

    private SambaForest(string name)
    {
        Name = name;
        _folder = new TemporaryFolder($"samba-{name}");
    }

    public string Name { get; }

    public IPAddress Address { get; } = FreeAddress();

    public string BaseDn => $"DC={Name},DC=local";

    /// <summary>userPrincipalName of the account that LookupProxy binds as.</summary>
    public string ServiceName => $"svc-lookup@{Name}.local";

    /// <summary>Provisions, starts and fills a forest: some 10 s.</summary>
    public static Task<SambaForest> StartAsync(string name) => Started.WholeAsync(new SambaForest(name), async forest =>
    {
        await forest.ProvisionAsync();
        await forest.StartAsync();
        await forest.FillAsync();
    });

    /// <param name="ldif">New entries.</param>
    public Task AddAsync(string ldif) => ChangeAsync(ldif);

    public void Suspend() => _samba!.Send(Signal.Stop);

    public void Resume() => _samba!.Send(Signal.Continue);

    public Task KillAsync() => _samba!.KillAsync();

    public async Task StartAsync()
    {
        if (_samba is not null)
            await _samba.DisposeAsync();
        _samba = RunningProgram.Start(Tool.Samba, ["--foreground", "--no-process-group", "--model=single", "--debug-stdout", "-s", _folder.File("smb.conf")]);
        await _samba.ListensAsync(Address, 3269, StartWithin, $"Samba {Name}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_samba is not null)
            await _samba.DisposeAsync();
        _folder.Dispose();
    }

    private async Task ProvisionAsync()
    {
        await Command.MustAsync(
            Tool.SambaTool,
            [
                "domain", "provision", $"--realm={Name.ToUpperInvariant()}.LOCAL", $"--domain={Name.ToUpperInvariant()}", "--server-role=dc", "--dns-backend=SAMBA_INTERNAL",
                $"--adminpass={AdministratorPassword}", "--host-name=dc1", $"--host-ip={Address}", $"--targetdir={_folder.File("dc")}",
                $"--option=interfaces={Address}/8", "--option=bind interfaces only=yes",
            ],
            within: TimeSpan.FromMinutes(3));
        _folder.Folder("dc/run");
        var certificate = TestAuthority.Trusted.Issue(Address, $"dc1.{Name}.local");
        _folder.Write("dc/private/tls/ca.pem", certificate.Authority);
        _folder.Write("dc/private/tls/server.pem", certificate.Certificate);
        File.SetUnixFileMode(_folder.Write("dc/private/tls/server.key", certificate.Key), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _folder.Write("smb.conf", SambaConfiguration.Render($"{Name}.local", Address, _folder.File("dc")));
    }

    private async Task FillAsync()
    {
        await ChangeAsync(ForestData.SchemaAttributes(BaseDn));
        await ChangeAsync(ForestData.SchemaClasses(BaseDn));
        await ChangeAsync(ForestData.Recipients(Name, BaseDn));
    }

    /// <summary>As the administrator; LDIF, entries to add unless a changetype says otherwise.</summary>
    public async Task ChangeAsync(string ldif) =>
        await Command.MustAsync(
            Tool.LdapModify,
            ["-a", "-x", "-H", $"ldaps://{Address}", "-D", $"Administrator@{Name}.local", "-w", AdministratorPassword],
            ldif,
            environment: new Dictionary<string, string> { ["LDAPTLS_CACERT"] = _folder.File("dc/private/tls/ca.pem") });

    private static IPAddress FreeAddress()
    {
        while (true)
        {
            var number = (uint)Interlocked.Increment(ref _last);
            var address = new IPAddress([127, 77, (byte)(number / 250 % 250), (byte)(1 + (number % 250))]);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(address, 389));
                return address;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Another run's; try the next.
            }
        }
    }
}
