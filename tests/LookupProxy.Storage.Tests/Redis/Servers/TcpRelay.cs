using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Storage.Tests.Redis.Servers;

/// <summary>A wire that can be cut: one node's way to Redis, while the other nodes have theirs.</summary>
internal sealed class TcpRelay : IAsyncDisposable
{
    private readonly int _target;
    private readonly List<Socket> _open = [];
    private Socket _listener;
    private Task _accepting;

    public TcpRelay(int target)
    {
        _target = target;
        _listener = Listen(0);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync(_listener);
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

    public void Mend()
    {
        _listener = Listen(Port);
        _accepting = AcceptAsync(_listener);
    }

    public async ValueTask DisposeAsync() => await CutAsync();

    private static Socket Listen(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
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
