using System.Net;
using System.Net.Sockets;

namespace LookupProxy.TestKit.Sockets;

/// <summary>A wire that can be cut: one client's way to a server on loopback, while the other clients have theirs.</summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly List<Socket> _open = [];

    // Bound and never listening: while the wire is cut, connections are refused and nobody else is given the port.
    private readonly Socket _place = Bound(0);
    private Socket _listener;
    private Task _accepting;

    public TcpRelay(int target)
    {
        _target = target;
        Port = ((IPEndPoint)_place.LocalEndPoint!).Port;
        (_listener, _accepting) = Listen();
    }

    public int Port { get; }

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

    public void Mend() => (_listener, _accepting) = Listen();

    public async ValueTask DisposeAsync()
    {
        await CutAsync();
        _place.Dispose();
    }

    private static Socket New() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static Socket Bound(int port)
    {
        var socket = New();
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private (Socket Listener, Task Accepting) Listen()
    {
        var listener = Bound(Port);
        listener.Listen();
        return (listener, AcceptAsync(listener));
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
        var far = New();
        lock (_open)
            _open.AddRange([near, far]);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, _target);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            near.Dispose();
            far.Dispose();
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
