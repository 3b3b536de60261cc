using System.Globalization;
using System.Net.Sockets;
using System.Text;
using LookupProxy.SystemTests.Proxy;

namespace LookupProxy.SystemTests.Serving;

/// <summary>Whatever one client does, the others are served, memory stays bounded and the process lives.</summary>
public sealed class HostileClientTests(TwoLists lab) : IClassFixture<TwoLists>
{
    private const long MaxResidentBytes = 400L * 1024 * 1024;

    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ServedWithin = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\n\r\n")]
    [InlineData("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n")]
    [InlineData("no equals sign\n\n")]
    public async Task Garbage_is_closed_without_an_answer(string garbage)
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        await client.SendAsync(Encoding.Latin1.GetBytes(garbage));

        Assert.True(await client.IsClosedAsync(CloseWithin));
        await AssertOthersAreServedAsync();
    }

    [Theory]
    [InlineData("recipient=")]
    [InlineData("name=value\n")]
    public async Task An_endless_request_is_cut_off(string piece)
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(piece == "recipient=" ? "x" : piece, 1024)));
        await client.SendAsync(piece);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 64 * 1024; i++)
                await client.SendAsync(block);
        });
        await AssertOthersAreServedAsync();
    }

    [Fact]
    public async Task A_request_sent_an_octet_at_a_time_is_given_up()
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        using var stop = new CancellationTokenSource();
        var trickle = TrickleAsync(client, stop.Token);

        await AssertOthersAreServedAsync();
        Assert.True(await client.IsClosedAsync(CloseWithin));
        await stop.CancelAsync();
        await trickle;
    }

    [Fact]
    public async Task Five_hundred_idle_connections_leave_room_for_one_more()
    {
        var idle = new List<PolicyClient>();
        try
        {
            for (var i = 0; i < 500; i++)
                idle.Add(await lab.Proxy.ConnectPolicyAsync());
            await AssertOthersAreServedAsync();
            // And each of them may still speak.
            Assert.Equal("DUNNO", await idle[0].AskAsync("anna@corp.example"));
            Assert.Equal("DUNNO", await idle[^1].AskAsync("zoe@corp.example"));
        }
        finally
        {
            foreach (var client in idle)
                await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Requests_whose_answers_are_never_read_do_not_fill_memory()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { SendTimeout = 2000, ReceiveBufferSize = 4096 };
        await socket.ConnectAsync("127.0.0.1", lab.Proxy.PolicyPort);
        var requests = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(PolicyClient.Request("anna@corp.example"), 500)));

        // Until the server no longer reads, or 100 MB of requests have gone.
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                socket.Send(requests);
            }
            catch (SocketException)
            {
                break;
            }
        }

        await AssertOthersAreServedAsync();
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n")]
    [InlineData("GET /v1/recipients/%ff%fe HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")]
    public async Task The_HTTP_port_outlives_garbage(string garbage)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", lab.Proxy.HttpPort);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(garbage));
        using var reader = new StreamReader(client.GetStream());
        using var timeout = new CancellationTokenSource(CloseWithin);

        Assert.StartsWith("HTTP/1.1 400 ", await reader.ReadLineAsync(timeout.Token), StringComparison.Ordinal);
        await AssertOthersAreServedAsync();
    }

    private static async Task TrickleAsync(PolicyClient client, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var octet in Encoding.ASCII.GetBytes(PolicyClient.Request("anna@corp.example")))
            {
                await client.SendAsync(new[] { octet });
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Closed, as it should be.
        }
    }

    private async Task AssertOthersAreServedAsync()
    {
        await using var client = await lab.Proxy.ConnectPolicyAsync();
        foreach (var (recipient, action) in (IEnumerable<(string, string)>)[("anna@corp.example", "DUNNO"), ("nobody@corp.example", "550 5.1.1 ")])
        {
            var started = TimeProvider.System.GetTimestamp();
            Assert.StartsWith(action, await client.AskAsync(recipient), StringComparison.Ordinal);
            Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, ServedWithin);
        }

        Assert.InRange(ResidentBytes(), 0, MaxResidentBytes);
    }

    private long ResidentBytes()
    {
        var line = File.ReadLines($"/proc/{lab.Proxy.ProcessId}/status").Single(static line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6, line.Length - 9).Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
