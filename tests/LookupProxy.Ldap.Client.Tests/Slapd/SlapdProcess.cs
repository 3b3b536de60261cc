using System.Diagnostics;
using System.Net;
using LookupProxy.TestKit.Certificates;
using LookupProxy.TestKit.Sockets;

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

    public Uri Uri { get; } = new($"ldap://127.0.0.1:{LoopbackPorts.Next()}");

    public Uri TlsUri { get; } = new($"ldaps://127.0.0.1:{LoopbackPorts.Next()}");

    public static async Task<SlapdProcess> StartAsync(TestPki pki)
    {
        Assert.SkipWhen(Program is null, "slapd is not installed (apt-get install slapd)");
        var slapd = new SlapdProcess();
        try
        {
            await slapd.BeginAsync(pki);
        }
        catch
        {
            await slapd.DisposeAsync();
            throw;
        }

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

    private async Task BeginAsync(TestPki pki)
    {
        var configuration = Path.Combine(_folder.FullName, "slapd.conf");
        var data = Path.Combine(_folder.FullName, "data.ldif");
        await File.WriteAllTextAsync(configuration, Configuration(_folder.CreateSubdirectory("db").FullName, pki, pki.Server("127.0.0.1")));
        await File.WriteAllTextAsync(data, Data());
        using (var add = Process.Start(Program!, ["-Tadd", "-q", "-f", configuration, "-l", data]))
        {
            await add.WaitForExitAsync();
            Assert.Equal(0, add.ExitCode);
        }

        _process = Process.Start(Program!, ["-f", configuration, "-h", $"{Uri} {TlsUri}", "-d", "0"]);
        await WaitUntilItListensAsync();
    }

    private async Task WaitUntilItListensAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await LoopbackPorts.AcceptsAsync(IPAddress.Loopback, TlsUri.Port))
        {
            Assert.False(_process!.HasExited, "slapd ended");
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "slapd does not listen");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }
}
