using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>
/// A transport for Kestrel beside its own, for the request/response protocols whose requests are small: what is received is parsed where it lies, on the
/// thread that received it. Kestrel still accepts, counts, beats, drains and, where asked, speaks TLS over it.
/// </summary>
public sealed class DirectTransport(TimeProvider time, ILogger<DirectTransport> logger) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 1024;

    public bool CanBind(EndPoint endpoint) => endpoint is DirectEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var inner = ((DirectEndPoint)endpoint).Inner;
        try
        {
            var socket = Bind(inner);
            socket.Listen(Backlog);
            return ValueTask.FromResult<IConnectionListener>(new DirectListener(socket, time, logger));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }

    private static Socket Bind(EndPoint endpoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && endpoint is UnixDomainSocketEndPoint file && StaleSocket.Remove(file))
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        }
    }
}
