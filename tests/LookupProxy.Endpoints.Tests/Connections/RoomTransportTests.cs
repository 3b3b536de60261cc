using System.Net;
using System.Net.Sockets;
using LookupProxy.Endpoints.Connections.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LookupProxy.Endpoints.Tests.Connections;

public sealed class RoomTransportTests
{
    [Fact]
    public async Task A_connection_for_which_there_is_no_room_is_closed_before_Kestrel_begins_it()
    {
        var room = new Places(1);
        var transport = new RoomTransport(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var endPoint = new RoomEndPoint(new IPEndPoint(IPAddress.Loopback, 0), room);
        Assert.True(transport.CanBind(endPoint));
        Assert.False(transport.CanBind(endPoint.Inner));
        await using var listener = await transport.BindAsync(endPoint, TestContext.Current.CancellationToken);
        using var first = await ConnectAsync();
        await using var taken = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        using var second = await ConnectAsync();

        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken).AsTask();
        var refusal = await Assert.ThrowsAsync<SocketException>(
            () => second.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Equal(SocketError.ConnectionReset, refusal.SocketErrorCode);
        Assert.False(accepting.IsCompleted);

        room.Leave();
        using var third = await ConnectAsync();
        await using var next = await accepting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.NotNull(next);
        Assert.Equal(0, room.Free);

        async Task<Socket> ConnectAsync()
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(listener.EndPoint, TestContext.Current.CancellationToken);
            return client;
        }
    }
}
