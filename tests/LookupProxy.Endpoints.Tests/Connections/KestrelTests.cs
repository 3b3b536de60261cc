using System.Net;
using System.Net.Sockets;
using System.Text;
using LookupProxy.Core.Recipients;
using LookupProxy.Endpoints.Connections;
using LookupProxy.Endpoints.Policy;
using LookupProxy.Endpoints.Telemetry;
using LookupProxy.Endpoints.Tests.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LookupProxy.Endpoints.Tests.Connections;

/// <summary>The policy endpoint on Kestrel's own sockets: what the connections in memory only imitate.</summary>
public sealed class KestrelTests : IAsyncLifetime
{
    private readonly FakeResolver _resolver = new FakeResolver().Valid("valid1@shared.example").Invalid("nobody@shared.example");
    private readonly EndpointMetrics _metrics = new();
    private readonly string _socketPath = Path.Combine(Path.GetTempPath(), $"lookupproxy-{Guid.NewGuid():N}.sock");
    private WebApplication _app = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new PolicyOptions { IdleTimeout = TimeSpan.FromSeconds(1), RequestTimeout = TimeSpan.FromSeconds(1) };
        var patient = new PolicyConnectionHandler(_resolver, new PolicyOptions(), TimeProvider.System, _metrics, NullLogger<PolicyConnectionHandler>.Instance);
        var impatient = new PolicyConnectionHandler(_resolver, options, TimeProvider.System, _metrics, NullLogger<PolicyConnectionHandler>.Instance);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(EndpointTransport.Configure);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(patient.OnConnectedAsync));
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(impatient.OnConnectedAsync));
            kestrel.ListenUnixSocket(_socketPath, listen => listen.Run(patient.OnConnectedAsync));
        });
        _app = builder.Build();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _metrics.Dispose();
        File.Delete(_socketPath);
    }

    [Fact]
    public async Task It_answers_over_TCP_and_keeps_the_connection()
    {
        using var client = await ConnectAsync(0);

        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Postfix37));
        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, PolicyFixture.Dunno.Length));
        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("nobody@shared.example")));
        Assert.Equal("action=550 5.1.1 User unknown\n\n", await ReadAsync(client, 31));
    }

    [Fact]
    public async Task It_answers_over_a_Unix_socket()
    {
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(_socketPath));

        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Postfix37));

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, PolicyFixture.Dunno.Length));
    }

    [Fact]
    public async Task It_answers_a_client_that_has_finished_sending_and_then_closes()
    {
        var held = _resolver.Hold("slow@shared.example");
        using var client = await ConnectAsync(0);
        await client.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("slow@shared.example")));
        client.Shutdown(SocketShutdown.Send);
        await UntilAsync(() => !_resolver.Asked.IsEmpty);

        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _resolver.Asked.Single().Address });

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(client, int.MaxValue));
    }

    [Fact]
    public async Task Rubbish_is_closed_in_silence()
    {
        using var client = await ConnectAsync(0);
        await client.SendAsync("EHLO client.example\r\n"u8.ToArray());

        Assert.Empty(await ReadAsync(client, int.MaxValue));
    }

    [Fact]
    public async Task The_heartbeat_of_Kestrel_ends_silent_and_slow_connections()
    {
        using var silent = await ConnectAsync(1);
        using var slow = await ConnectAsync(1);
        await slow.SendAsync("request="u8.ToArray());

        Assert.Empty(await ReadAsync(silent, int.MaxValue));
        Assert.Empty(await ReadAsync(slow, int.MaxValue));
    }

    [Fact]
    public async Task A_stop_answers_what_has_begun_and_closes_what_is_idle()
    {
        var held = _resolver.Hold("slow@shared.example");
        using var idle = await ConnectAsync(0);
        using var busy = await ConnectAsync(0);
        await busy.SendAsync(Encoding.UTF8.GetBytes(PolicyRequests.Rcpt("slow@shared.example")));
        await UntilAsync(() => !_resolver.Asked.IsEmpty);

        var stop = _app.StopAsync();
        Assert.Empty(await ReadAsync(idle, int.MaxValue));
        Assert.False(stop.IsCompleted);
        held.SetResult(new Verdict { Kind = VerdictKind.Valid, Address = _resolver.Asked.Single().Address });

        Assert.Equal(PolicyFixture.Dunno, await ReadAsync(busy, int.MaxValue));
        await stop;
    }

    private async Task<Socket> ConnectAsync(int listener)
    {
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .Where(static address => !address.Contains("unix", StringComparison.Ordinal)).ElementAt(listener);
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, new Uri(address).Port);
        return socket;
    }

    /// <summary>Until so many bytes have come, or the end.</summary>
    private static async Task<string> ReadAsync(Socket socket, int count)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var bytes = new byte[4096];
        var length = 0;
        while (length < count)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(length), timeout.Token);
            if (read == 0)
                break;
            length += read;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            timeout.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
