using System.Net;
using System.Net.Sockets;

namespace LookupProxy.Ldap.Client.Tests.Connecting;

/// <summary>A port whose queue is full: the kernel drops what else wants to connect, as a host that is switched off does.</summary>
internal sealed class SilentListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _queued = [];

    public SilentListener(string address, int port)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), port);
        _listener.Bind(endPoint);
        _listener.Listen(0);
        // Linux lets one more in than the backlog says.
        for (var i = 0; i < 3; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            try
            {
                socket.Connect(endPoint);
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way, in the queue.
            }

            _queued.Add(socket);
        }
    }

    public void Dispose()
    {
        foreach (var socket in _queued)
            socket.Dispose();
        _listener.Dispose();
    }
}
