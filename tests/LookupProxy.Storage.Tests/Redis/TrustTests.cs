using LookupProxy.Core.Storage;
using LookupProxy.Storage.Redis;
using LookupProxy.Storage.Tests.Encoding;
using LookupProxy.Storage.Tests.Redis.Servers;
using LookupProxy.TestKit.Certificates;

namespace LookupProxy.Storage.Tests.Redis;

/// <summary>Passwords and certificates: who is let in, who is believed, and what is said when not.</summary>
public sealed class TrustTests : IDisposable
{
    private const string Anna = "shared\nanna@corp.example";

    private readonly TestPki _pki = new();

    public void Dispose() => _pki.Dispose();

    [Fact]
    public async Task The_password_is_sent()
    {
        await using var redis = await RedisProcess.StartAsync("--requirepass", "open-sesame");
        await using var node = await Node.StartAsync(redis.Port, static options => options with { ReadPassword = static () => "open-sesame" });

        await WorksAsync(node);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sesame")]
    public async Task A_password_that_is_wrong_or_missing_is_said_so_and_may_be_mended(string? wrong)
    {
        await using var redis = await RedisProcess.StartAsync("--requirepass", "open-sesame");
        var password = wrong;
        await using var node = Node.Begin(redis.Port, options => options with { ReadPassword = () => password! });

        await DetailAsync(node, "refused the password");
        Assert.DoesNotContain("sesame", node.Store.Health.Detail, StringComparison.Ordinal);

        password = "open-sesame";
        await node.WorksAsync();
        await WorksAsync(node);
    }

    [Fact]
    public async Task A_password_that_cannot_be_read_is_said_so_and_costs_no_connection_that_is_there()
    {
        await using var redis = await RedisProcess.StartAsync("--requirepass", "open-sesame");
        var isReadable = false;
        var reads = 0;
        await using var node = Node.Begin(redis.Port, options => options with
        {
            ReadPassword = () =>
            {
                Interlocked.Increment(ref reads);
                return Volatile.Read(ref isReadable) ? "open-sesame" : throw new UnauthorizedAccessException("Access to the path is denied.");
            },
        });
        await DetailAsync(node, "the password cannot be read: Access to the path is denied.");

        Volatile.Write(ref isReadable, true);
        await node.WorksAsync();
        Volatile.Write(ref isReadable, false);
        var read = Volatile.Read(ref reads);
        await Eventually.TrueAsync(() => Volatile.Read(ref reads) > read + 1, static () => "it is tried again");
        Assert.True(node.Store.Health.IsWorking);
        await WorksAsync(node);
    }

    /// <summary>The least that an operator can give: the library sends no user's name, so it is the user "default" who gets less.</summary>
    [Fact]
    public async Task A_user_who_may_do_little_is_enough()
    {
        await using var redis = await RedisProcess.StartAsync("--user", "default", "on", ">open-sesame", "resetkeys", "~lookupproxy:*", "resetchannels", "&lookupproxy:*", "-@all",
            "+@connection", "+info", "+config|get", "+cluster|nodes", "+@read", "+@write", "+@scripting", "+@pubsub", "+time");
        await using var node = await Node.StartAsync(redis.Port, static options => options with { ReadPassword = static () => "open-sesame" });
        await using var other = await Node.StartAsync(redis.Port, static options => options with { ReadPassword = static () => "open-sesame" });

        await WorksAsync(node);
        Assert.Equal(Telling.Done, await node.News.FlushedAsync(new Core.Storage.FlushScope.OfAll(), CancellationToken.None));
        await other.HearsAsync("flushed OfAll { }");
    }

    [Fact]
    public async Task A_certificate_of_the_own_authority_is_believed()
    {
        await using var redis = await TlsAsync("localhost", "127.0.0.1");
        await using var node = await Node.StartAsync(redis.Port, options => options with { Tls = new RedisTlsOptions { CaFile = _pki.AuthorityFile } });

        await WorksAsync(node);
    }

    [Fact]
    public async Task The_name_in_the_certificate_may_be_another()
    {
        await using var redis = await TlsAsync("redis.corp.example");
        await using var node = await Node.StartAsync(
            redis.Port, options => options with { Tls = new RedisTlsOptions { CaFile = _pki.AuthorityFile, ServerName = "redis.corp.example" } });

        await WorksAsync(node);
    }

    [Fact]
    public async Task A_client_certificate_is_shown()
    {
        var client = _pki.Client("lookupproxy");
        await using var redis = await TlsAsync(["127.0.0.1"], "yes");
        await using var node = await Node.StartAsync(redis.Port, options => options with
        {
            Tls = new RedisTlsOptions { CaFile = _pki.AuthorityFile, CertificateFile = client.CertificateFile, KeyFile = client.KeyFile },
        });

        await WorksAsync(node);
    }

    [Fact]
    public async Task Others_certificates_are_not_believed()
    {
        using var other = new TestPki("Another authority");
        await using var redis = await TlsAsync("127.0.0.1");
        await using var strange = Node.Begin(redis.Port, options => options with { Tls = new RedisTlsOptions { CaFile = other.AuthorityFile } });
        await using var system = Node.Begin(redis.Port, static options => options with { Tls = new RedisTlsOptions() });
        await using var misnamed = Node.Begin(redis.Port, options => options with { Tls = new RedisTlsOptions { CaFile = _pki.AuthorityFile, ServerName = "other.corp.example" } });
        await using var clear = Node.Begin(redis.Port);

        await DetailAsync(strange, "is not from an authority in");
        await DetailAsync(system, "is not trusted");
        await DetailAsync(misnamed, "is not for the name");
        await DetailAsync(clear, "127.0.0.1");
    }

    private static async Task WorksAsync(Node node)
    {
        await node.KeepAsync(Sheets.Of(Anna, Sheets.Exists("contoso")));
        Assert.Equal("contoso:Exists", await node.FindAsync(Anna));
    }

    private static async Task DetailAsync(Node node, string text)
    {
        await Eventually.TrueAsync(() => node.Store.Health.Detail?.Contains(text, StringComparison.Ordinal) == true, () => $"\"{text}\" is said; {node.Store.Health}");
        Assert.False(node.Store.Health.IsWorking);
    }

    private Task<RedisProcess> TlsAsync(params string[] names) => TlsAsync(names, "no");

    private Task<RedisProcess> TlsAsync(string[] names, string clients)
    {
        var server = _pki.Server(names);
        return RedisProcess.StartAsync(
            "--port", "0", "--tls-port", "PORT", "--tls-cert-file", server.CertificateFile, "--tls-key-file", server.KeyFile, "--tls-ca-cert-file", _pki.AuthorityFile, "--tls-auth-clients", clients);
    }
}
