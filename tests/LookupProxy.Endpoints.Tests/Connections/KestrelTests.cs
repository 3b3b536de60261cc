using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Endpoints.Tests.Policy;
using LookupProxy.TestKit.Certificates;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Endpoints.Tests.Connections;

/// <summary>The policy endpoint on real sockets, over Kestrel's transport and over the direct one: what the connections in memory only imitate.</summary>
public sealed class KestrelTests
{
    private static readonly PolicyOptions Impatient = new() { IdleTimeout = TimeSpan.FromSeconds(1), RequestTimeout = TimeSpan.FromSeconds(1) };

    private readonly FakeResolver _resolver = new FakeResolver().Valid("valid1@shared.example").Invalid("nobody@shared.example");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_over_TCP_and_keeps_the_connection(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var client = await server.ConnectAsync();

        for (var i = 0; i < 100; i++)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Postfix37));
            Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, PolicyFixture.Dunno.Length));
            await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("nobody@shared.example")));
            Assert.Equal("action=550 5.1.1 User unknown\n\n", await ReadAsync(client, 31));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_over_a_Unix_socket(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct, unix: true);
        using var client = await server.ConnectAsync();

        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Postfix37));

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, PolicyFixture.Dunno.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_over_TLS(bool direct)
    {
        using var pki = new TestPki();
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct, certificate: pki.Server("localhost").Certificate);
        using var client = await server.ConnectAsync();
        await using var tls = new SslStream(new NetworkStream(client));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { pki.Authority }, RevocationMode = X509RevocationMode.NoCheck },
        });

        foreach (var part in Encoding.UTF8.GetBytes(PolicyRequests.Postfix37 + PolicyRequests.Rcpt("nobody@shared.example")).Chunk(300))
            await tls.WriteAsync(part);

        using var reader = new StreamReader(tls);
        var answer = new char[PolicyFixture.Dunno.Length + 31];
        await reader.ReadBlockAsync(answer);
        Assert.Equal(PolicyFixture.Dunno + "action=550 5.1.1 User unknown\n\n", new string(answer));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Requests_sent_ahead_in_any_pieces_are_answered_in_order(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var client = await server.ConnectAsync();
        var random = new Random(4711);
        var expected = new StringBuilder();
        var sent = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            var valid = random.Next(2) == 0;
            sent.Append(PolicyRequests.Rcpt(valid ? "valid1@shared.example" : "nobody@shared.example", "padding=" + new string('x', random.Next(9000))));
            expected.Append(valid ? PolicyFixture.Dunno : "action=550 5.1.1 User unknown\n\n");
        }

        var reading = ReadAsync(client, expected.Length);
        var bytes = Encoding.UTF8.GetBytes(sent.ToString());
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 20_000), bytes.Length - at);
            await client.SendAsync(bytes.AsMemory(at, length));
            at += length;
        }

        Assert.Equal(expected.ToString(), await reading);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_answers_a_client_that_has_finished_sending_and_then_closes(bool direct)
    {
        var held = _resolver.Hold("slow@shared.example");
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var client = await server.ConnectAsync();
        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("slow@shared.example")));
        client.Shutdown(SocketShutdown.Send);
        await UntilAsync(() => !_resolver.Asked.IsEmpty);

        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _resolver.Asked.Single().Address });

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, int.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rubbish_is_closed_in_silence(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var client = await server.ConnectAsync();
        await client.SendAsync("EHLO client.example\r\n"u8.ToArray());

        Assert.Empty(await ReadAsync(client, int.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_heartbeat_of_Kestrel_ends_silent_and_slow_connections(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct, Impatient);
        using var silent = await server.ConnectAsync();
        using var slow = await server.ConnectAsync();
        await slow.SendAsync("request="u8.ToArray());

        Assert.Empty(await ReadAsync(silent, int.MaxValue));
        Assert.Empty(await ReadAsync(slow, int.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reset_harms_nobody_else(bool direct)
    {
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var client = await server.ConnectAsync();
        for (var i = 0; i < 20; i++)
        {
            var other = await server.ConnectAsync();
            await other.SendAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(PolicyRequests.Postfix37, i))));
            other.LingerState = new LingerOption(enable: true, seconds: 0);
            other.Close();
        }

        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Postfix37));

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, PolicyFixture.Dunno.Length));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_answers_what_has_begun_and_closes_what_is_idle(bool direct)
    {
        var held = _resolver.Hold("slow@shared.example");
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var idle = await server.ConnectAsync();
        using var busy = await server.ConnectAsync();
        await busy.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("slow@shared.example")));
        await UntilAsync(() => !_resolver.Asked.IsEmpty);

        var stop = server.StopAsync();
        Assert.Empty(await ReadAsync(idle, int.MaxValue));
        Assert.False(stop.IsCompleted);
        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _resolver.Asked.Single().Address });

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(busy, int.MaxValue));
        await stop;
    }

    [Fact]
    public async Task A_request_that_came_before_the_stop_is_answered_although_nobody_had_read_it()
    {
        using var pair = await SocketPair.CreateAsync();
        await using var connection = new DirectConnection(pair.Server);
        connection.Features.Set<IConnectionLifetimeNotificationFeature>(new Stopping());
        await pair.Client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("nobody@shared.example")));
        await UntilAsync(() => pair.Server.Available > 0);

        using var metrics = new EndpointMetrics();
        await new PolicyConnectionHandler(_resolver, new PolicyOptions(), TimeProvider.System, metrics, NullLogger<PolicyConnectionHandler>.Instance)
            .OnConnectedAsync(connection);
        await connection.DisposeAsync();

        Assert.Equal("action=550 5.1.1 User unknown\n\n", await ReadAsync(pair.Client, int.MaxValue));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_that_waits_too_long_cuts_what_is_left(bool direct)
    {
        _resolver.Hold("slow@shared.example");
        await using var server = await PolicyOnKestrel.StartAsync(_resolver, direct);
        using var half = await server.ConnectAsync();
        await half.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("valid1@shared.example") + "request="));
        await ReadAsync(half, PolicyFixture.Dunno.Length);

        await server.StopAsync(new CancellationToken(canceled: true));

        Assert.Empty(await ReadAsync(half, int.MaxValue));
    }

    /// <summary>Until so many bytes have come, or the end.</summary>
    private static async Task<string> ReadAsync(Socket socket, int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var text = new StringBuilder();
        var bytes = new byte[4096];
        try
        {
            while (text.Length < count)
            {
                var read = await socket.ReceiveAsync(bytes.AsMemory(0, Math.Min(bytes.Length, count - text.Length)), timeout.Token);
                if (read == 0)
                    break;
                text.Append(Encoding.UTF8.GetString(bytes, 0, read));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // An end too.
        }

        return text.ToString();
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private sealed class Stopping : IConnectionLifetimeNotificationFeature
    {
        public CancellationToken ConnectionClosedRequested { get; set; } = new(canceled: true);

        public void RequestClose()
        {
        }
    }
}
