using System.IO.Pipelines;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.Endpoints.Ldap;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Ldap;
using LookupProxy.Ldap.Messages;
using LookupProxy.TestKit.Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Tests.Ldap;

/// <summary>The endpoint on real sockets, with real TLS.</summary>
public sealed class LdapOnKestrelTests : IAsyncLifetime
{
    private readonly FakeResolver _resolver = new FakeResolver().Valid("anna@corp.example").Invalid("nobody@corp.example");
    private readonly EndpointMetrics _metrics = new();
    private readonly RecordingLogger<LdapConnectionHandler> _log = new();
    private readonly TestPki _pki = new();
    private readonly List<IDisposable> _opened = [];
    private readonly List<ListenOptions> _listeners = [];
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var server = _pki.Server("localhost", "127.0.0.1");
        var options = new LdapOptions
        {
            Accounts =
            [
                LdapFixture.Gateway(),
                new LdapAccountOptions { Name = "cn=relay,o=lookupproxy", CertificateSubject = "cn=Relay One" },
            ],
        };
        var handler = new LdapConnectionHandler(_resolver, options, () => Tls(server), TimeProvider.System, _metrics, _log);
        var narrow = new LdapConnectionHandler(_resolver, options with { MaxConnectionsPerClient = 2 }, () => Tls(server), TimeProvider.System, _metrics, _log);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(TimeProvider.System).AddDirectTransport();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(new DirectEndPoint(new IPEndPoint(IPAddress.Loopback, 0)), listen => Listen(listen, handler.OnConnectedAsync));
            kestrel.Listen(new DirectEndPoint(new IPEndPoint(IPAddress.Loopback, 0)), listen => Listen(listen, handler.OnTlsConnectedAsync));
            kestrel.Listen(new DirectEndPoint(new IPEndPoint(IPAddress.Loopback, 0)), listen => Listen(listen, narrow.OnTlsConnectedAsync));
        });
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var opened in _opened)
            opened.Dispose();
        await _app.DisposeAsync();
        _metrics.Dispose();
        _pki.Dispose();
    }

    [Fact]
    public async Task It_binds_and_searches_over_TCP()
    {
        var client = Client(await ConnectAsync(0));

        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "secret")).Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task It_binds_and_searches_over_LDAPS()
    {
        var client = Client(await SecureAsync(await ConnectAsync(1)));

        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "secret")).Code);
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task StartTLS_makes_a_plain_connection_a_secure_one_on_which_one_is_nobody()
    {
        var stream = await ConnectAsync(0);
        var plain = Client(stream);
        await plain.BindAsync(LdapFixture.GatewayName, "secret");
        plain.Send(new ExtendedRequest(Oids.StartTls));
        Assert.Equal(ResultCode.Success, Assert.IsType<ExtendedResponse>((await plain.ReceiveAsync()).Operation).Result.Code);

        var secure = Client(await SecureAsync(stream));

        Assert.Equal(ResultCode.StrongerAuthRequired, (await secure.SearchAsync("(mail=anna@corp.example)")).Result.Code);
        await secure.BindAsync(LdapFixture.GatewayName, "secret");
        Assert.Single((await secure.SearchAsync("(mail=anna@corp.example)")).Entries);
        secure.Send(new ExtendedRequest(Oids.StartTls));
        Assert.Equal(ResultCode.OperationsError, Assert.IsType<ExtendedResponse>((await secure.ReceiveAsync()).Operation).Result.Code);
    }

    [Fact]
    public async Task What_was_sent_in_the_clear_behind_StartTLS_is_never_answered()
    {
        var client = Client(await ConnectAsync(0));
        client.SendBytes(LdapClient.Encode(
            new LdapMessage(1, new ExtendedRequest(Oids.StartTls)), new LdapMessage(2, LdapClient.SimpleBind(LdapFixture.GatewayName, "secret"))));

        Assert.Equal(1, Assert.Single(await client.ReceiveAllAsync()).MessageId);
    }

    [Fact]
    public async Task An_answer_that_must_wait_comes_over_TLS_while_others_overtake_it()
    {
        var held = _resolver.Hold("slow@corp.example");
        var client = Client(await SecureAsync(await ConnectAsync(1)));
        await client.BindAsync(LdapFixture.GatewayName, "secret");
        var slow = client.Send(LdapClient.Search("(mail=slow@corp.example)"));
        for (var i = 0; i < 20; i++)
            Assert.Empty((await client.SearchAsync("(mail=nobody@corp.example)")).Entries);

        held.SetResult(new Core.Recipients.Verdict { Kind = Core.Recipients.VerdictKind.Invalid, Address = _resolver.Asked.First().Address });

        Assert.Equal(ResultCode.Success, (await client.ResultAsync(slow)).Result.Code);
        Assert.Empty((await client.SearchAsync("(mail=nobody@corp.example)")).Entries);
    }

    [Fact]
    public async Task A_certificate_says_who_its_client_is()
    {
        var client = Client(await SecureAsync(await ConnectAsync(1), _pki.Client("Relay One").Certificate));

        Assert.Equal(ResultCode.Success, await ExternalAsync(client));
        Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
        Assert.Equal(ResultCode.Success, await ExternalAsync(client, "dn:CN=relay,o=lookupproxy"));
        Assert.Equal(ResultCode.InvalidCredentials, await ExternalAsync(client, "dn:cn=gateway,o=lookupproxy"));
    }

    [Fact]
    public async Task A_certificate_of_nobody_here_binds_nobody()
    {
        var client = Client(await SecureAsync(await ConnectAsync(1), _pki.Client("Relay Two").Certificate));

        Assert.Equal(ResultCode.InvalidCredentials, await ExternalAsync(client));
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_refused()
    {
        using var other = new TestPki("Another authority");
        var connection = await ConnectAsync(1);

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            var client = Client(await SecureAsync(connection, other.Client("Relay One").Certificate));
            Assert.Equal(ResultCode.Success, await ExternalAsync(client));
        });
    }

    /// <summary>A gateway set up for the plain port, say: what its operator finds in the log is all there is.</summary>
    [Fact]
    public async Task Why_a_handshake_failed_is_logged()
    {
        var stream = await ConnectAsync(1);
        Client(stream).Send(LdapClient.Search("(mail=anna@corp.example)"));
        await ReadToEndAsync(stream);

        Assert.Matches(@"\(tls_handshake: [^)]{20,}\); connection closed", Assert.Single(_log.Loud));
    }

    [Fact]
    public async Task Two_thousand_connections_are_served_beside_slow_and_half_open_ones()
    {
        var half = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => ConnectAsync(0)));
        foreach (var stream in half)
            await stream.WriteAsync(new byte[] { 0x30 });
        var clients = await Task.WhenAll(Enumerable.Range(0, 2000).Select(async _ => Client(await ConnectAsync(0))));

        foreach (var client in clients)
            client.Send(LdapClient.SimpleBind(LdapFixture.GatewayName, "secret"));
        foreach (var client in clients)
            Assert.Equal(ResultCode.Success, Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code);
        foreach (var client in clients)
            Assert.Single((await client.SearchAsync("(mail=anna@corp.example)")).Entries);
    }

    [Fact]
    public async Task A_client_whose_TLS_breaks_leaves_its_place_to_others()
    {
        for (var i = 0; i < 4; i++)
        {
            var stream = await ConnectAsync(2);
            await Client(await SecureAsync(stream)).BindAsync(LdapFixture.GatewayName, "secret");
            await stream.WriteAsync((byte[])[0x17, 0x03, 0x03, 0, 32, .. new byte[32]]);
            await ReadToEndAsync(stream);
        }

        var client = Client(await SecureAsync(await ConnectAsync(2)));
        Assert.Equal(ResultCode.Success, (await client.BindAsync(LdapFixture.GatewayName, "secret")).Code);
    }

    private static async Task ReadToEndAsync(Stream stream)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await stream.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (IOException)
        {
            // Reset: as good an end.
        }
    }

    private static async Task<ResultCode> ExternalAsync(LdapClient client, string identity = "")
    {
        client.Send(new BindRequest(3, "", new BindAuthentication.Sasl("EXTERNAL", System.Text.Encoding.UTF8.GetBytes(identity))));
        return Assert.IsType<BindResponse>((await client.ReceiveAsync()).Operation).Result.Code;
    }

    private SslServerAuthenticationOptions Tls(TestCertificate server)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_pki.Authority);
        return new SslServerAuthenticationOptions
        {
            ServerCertificate = server.Certificate,
            ClientCertificateRequired = true,
            CertificateChainPolicy = policy,
            RemoteCertificateValidationCallback = static (_, certificate, _, errors) => certificate is null || errors == SslPolicyErrors.None,
        };
    }

    private void Listen(ListenOptions listen, Func<ConnectionContext, Task> run)
    {
        _listeners.Add(listen);
        ConnectionBuilderExtensions.Run(listen, run);
    }

    private async Task<NetworkStream> ConnectAsync(int listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listeners[listener].IPEndPoint!);
        var stream = new NetworkStream(socket, ownsSocket: true);
        lock (_opened)
            _opened.Add(stream);
        return stream;
    }

    private async Task<SslStream> SecureAsync(Stream stream, X509Certificate2? certificate = null)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_pki.Authority);
        var tls = new SslStream(stream);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            ClientCertificates = certificate is null ? [] : [certificate],
            CertificateChainPolicy = policy,
        });
        return tls;
    }

    private static LdapClient Client(Stream stream) => new(PipeReader.Create(stream), bytes => stream.Write(bytes.Span));
}
