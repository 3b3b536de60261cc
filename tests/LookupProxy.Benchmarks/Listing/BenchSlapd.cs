using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using LookupProxy.TestKit.Sockets;

namespace LookupProxy.Benchmarks.Listing;

/// <summary>A slapd with many people, in a folder that goes with it.</summary>
internal sealed class BenchSlapd : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = System.IO.Directory.CreateTempSubdirectory("lookupproxy-bench-");
    private Process? _slapd;

    public Uri Url { get; } = new($"ldap://127.0.0.1:{LoopbackPorts.Next()}");

    public static async Task<BenchSlapd> StartAsync(int people)
    {
        var server = new BenchSlapd();
        var configuration = Path.Combine(server._folder.FullName, "slapd.conf");
        await System.IO.File.WriteAllTextAsync(configuration, Configuration(server._folder.CreateSubdirectory("db").FullName));
        var ldif = Path.Combine(server._folder.FullName, "people.ldif");
        using (var output = System.IO.File.CreateText(ldif))
            PeopleLdif.Write(output, people);
        var began = TimeProvider.System.GetTimestamp();
        await MustAsync("slapadd", "-q", "-f", configuration, "-l", ldif);
        Console.WriteLine($"// slapadd -q of {people} people: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
        System.IO.File.Delete(ldif);
        server._slapd = Process.Start(Program("slapd"), ["-f", configuration, "-h", $"{server.Url}", "-d", "0"]);
        await server.WaitAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_slapd is not null)
        {
            _slapd.Kill();
            await _slapd.WaitForExitAsync();
            _slapd.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    public static string Program(string name) => Array.Find([$"/usr/sbin/{name}", $"/usr/bin/{name}"], System.IO.File.Exists) ?? name;

    private static async Task MustAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Program(program), arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }

    private async Task WaitAsync()
    {
        while (true)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                await socket.ConnectAsync(IPAddress.Loopback, Url.Port);
                return;
            }
            catch (SocketException) when (!_slapd!.HasExited)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    private static string Configuration(string database) =>
        $"""
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        include /etc/ldap/schema/misc.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        moduleload syncprov
        access to * by users read by anonymous auth
        database mdb
        suffix "{PeopleLdif.Suffix}"
        directory {database}
        maxsize 34359738368
        dbnosync
        limits * size=unlimited
        index objectClass eq
        index mail,mailLocalAddress pres,eq
        index entryCSN,entryUUID eq
        overlay syncprov

        """;
}
