using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>Kestrel's own transport, but for connections too many: they are closed before the next is accepted. Kestrel itself would begin each on the pool, which is too late on a busy machine.</summary>
internal sealed class RoomTransport(IOptions<SocketTransportOptions> options, ILoggerFactory loggers) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _inner = new(options, loggers);

    public bool CanBind(EndPoint endpoint) => endpoint is RoomEndPoint;

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var bounded = (RoomEndPoint)endpoint;
        return new Listener(await _inner.BindAsync(bounded.Inner, cancellationToken), bounded.Room);
    }

    private sealed class Listener(IConnectionListener inner, IConnectionRoom room) : IConnectionListener
    {
        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            while (await inner.AcceptAsync(cancellationToken) is { } connection)
            {
                if (room.TryEnter())
                    return connection;
                // Closes the socket; the rest, which takes the pool, is not waited for.
                connection.Abort();
                _ = connection.DisposeAsync().AsTask();
            }

            return null;
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => inner.UnbindAsync(cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
