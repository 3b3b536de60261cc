using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>
/// A transport for Kestrel beside its own, for the request/response protocols whose requests are small: what is received is parsed where it lies, on the
/// thread that received it. Kestrel still accepts, counts, beats, drains and, where asked, speaks TLS over it.
/// Listening sockets are made as the options of Kestrel's own transport say.
/// </summary>
internal sealed class DirectTransport(IOptions<SocketTransportOptions> options, TimeProvider time, ILogger<DirectTransport> logger)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is DirectEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var direct = (DirectEndPoint)endpoint;
        try
        {
            var socket = options.Value.CreateBoundListenSocket(direct.Inner);
            socket.Listen(options.Value.Backlog);
            return ValueTask.FromResult<IConnectionListener>(new DirectListener(socket, direct.Room, time, logger));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(e.Message, e);
        }
    }
}
