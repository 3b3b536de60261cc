using System.Net;
using System.Net.Sockets;
using LookupProxy.SystemTests.Processes;

namespace LookupProxy.SystemTests.Cluster;

/// <summary>One node's way to Redis, which can be cut while the other nodes have theirs.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly int _target;
    private readonly List<Socket> _open = [];
    private Socket _listener;
    private Task _accepting;

    public Wire(int target)
    {
        _target = target;
        _listener = Listen();
        _accepting = AcceptAsync(_listener);
    }

    public int Port { get; } = LoopbackPorts.Next();

    public async Task CutAsync()
    {
        _listener.Dispose();
        await _accepting;
        lock (_open)
        {
            foreach (var socket in _open)
                socket.Dispose();
            _open.Clear();
        }
    }

    public void Mend()
    {
        _listener = Listen();
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private Socket Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, Port));
        socket.Listen();
        return socket;
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                _ = ConnectAsync(await listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ConnectAsync(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        lock (_open)
            _open.AddRange([near, far]);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            near.Dispose();
            return;
        }

        _ = PumpAsync(near, far);
        _ = PumpAsync(far, near);
    }

    private static async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var read)
                await to.SendAsync(buffer.AsMemory(0, read));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The wire is cut.
        }

        to.Dispose();
    }
}
