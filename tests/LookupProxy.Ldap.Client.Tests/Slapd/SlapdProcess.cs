using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Ldap.Client.Tests.Slapd;

/// <summary>OpenLDAP's slapd with a handful of people, in clear, with StartTLS and with TLS.</summary>
internal sealed class SlapdProcess : IAsyncDisposable
{
    public const string ServiceDn = "cn=svc,dc=contoso";
    public const string Password = "secret-of-svc";

    private static readonly string[] Places = ["/usr/sbin/slapd", "/usr/lib/openldap/slapd", "/usr/libexec/slapd"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lookupproxy-slapd-");
    private Process? _process;

    private SlapdProcess()
    {
    }

    public static string? Program => Array.Find(Places, File.Exists);

    public Uri Uri { get; } = new($"ldap://127.0.0.1:{FreePort()}");

    public Uri TlsUri { get; } = new($"ldaps://127.0.0.1:{FreePort()}");

    public static async Task<SlapdProcess> StartAsync(TestPki pki)
    {
        Assert.SkipWhen(Program is null, "slapd is not installed (apt-get install slapd)");
        var slapd = new SlapdProcess();
        var configuration = Path.Combine(slapd._folder.FullName, "slapd.conf");
        var data = Path.Combine(slapd._folder.FullName, "data.ldif");
        await File.WriteAllTextAsync(configuration, Configuration(slapd._folder.CreateSubdirectory("db").FullName, pki, pki.Server("127.0.0.1")));
        await File.WriteAllTextAsync(data, Data());
        using (var add = Process.Start(Program!, ["-Tadd", "-q", "-f", configuration, "-l", data]))
        {
            await add.WaitForExitAsync();
            Assert.Equal(0, add.ExitCode);
        }

        slapd._process = Process.Start(Program!, ["-f", configuration, "-h", $"{slapd.Uri} {slapd.TlsUri}", "-d", "0"]);
        await slapd.WaitUntilItListensAsync();
        return slapd;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static string Configuration(string database, TestPki pki, TestCertificate certificate) =>
        $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        TLSCACertificateFile {pki.AuthorityFile}
        TLSCertificateFile {certificate.CertificateFile}
        TLSCertificateKeyFile {certificate.KeyFile}
        TLSVerifyClient try
        authz-regexp "cn=lookupproxy" "{ServiceDn}"
        database mdb
        suffix "dc=contoso"
        directory {database}
        maxsize 16777216
        dbnosync
        index mail eq
        sizelimit 5
        access to attrs=userPassword by anonymous auth
        access to * by dn.base="{ServiceDn}" read by anonymous auth

        """;

    private static string Data() =>
        $"""
        dn: dc=contoso
        objectClass: domain
        dc: contoso

        dn: {ServiceDn}
        objectClass: person
        cn: svc
        sn: svc
        userPassword: {Password}

        {string.Join("\n\n", Enumerable.Range(0, 20).Select(i => $"dn: uid=u{i},dc=contoso\nobjectClass: inetOrgPerson\nuid: u{i}\ncn: u{i}\nsn: all\nmail: u{i}@shared.example"))}

        """;

    private async Task WaitUntilItListensAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, TlsUri.Port);
                return;
            }
            catch (SocketException) when (!_process!.HasExited && TimeProvider.System.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
