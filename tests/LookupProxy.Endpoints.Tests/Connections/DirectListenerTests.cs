using System.Net;
using System.Net.Sockets;
using LookupProxy.Endpoints.Connections.Sockets;
using LookupProxy.TestKit.Time;

namespace LookupProxy.Endpoints.Tests.Connections;

public sealed class DirectListenerTests
{
    [Fact]
    public async Task An_accept_that_fails_again_and_again_is_told_once_a_minute()
    {
        var time = new ManualTimeProvider();
        var log = new RecordingLogger<DirectListenerTests>();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        await using var listener = new DirectListener(socket, room: null, time, log);
        // From now on every accept fails at once, as one does without a free descriptor.
        socket.Shutdown(SocketShutdown.Both);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var accepting = listener.AcceptAsync(stop.Token).AsTask();

        await FailAsync(1199);
        Assert.Single(log.Loud);
        await FailAsync(1);
        Assert.Contains("1199 like it were not logged", Assert.Single(log.Loud.Skip(1)), StringComparison.Ordinal);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => accepting);

        async Task FailAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                await time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
                time.Advance(TimeSpan.FromMilliseconds(50));
            }

            await time.WaitForTimersAsync(1, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_connection_for_which_there_is_no_room_is_closed_before_the_next_is_accepted()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        var room = new Places(1);
        await using var listener = new DirectListener(socket, room, TimeProvider.System, new RecordingLogger<DirectListenerTests>());
        using var first = await ConnectAsync();
        var taken = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        using var second = await ConnectAsync();

        var accepting = listener.AcceptAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await second.ReceiveAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));

        await taken!.DisposeAsync();
        await taken.DisposeAsync();
        Assert.Equal(1, room.Free);
        using var third = await ConnectAsync();
        await using var next = await accepting;
        Assert.NotNull(next);

        async Task<Socket> ConnectAsync()
        {
            var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(socket.LocalEndPoint!, TestContext.Current.CancellationToken);
            return client;
        }
    }
}
