using System.Net;
using System.Net.Sockets;
using LookupProxy.Core.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace LookupProxy.Endpoints.Connections.Sockets;

internal sealed class DirectListener(Socket socket, IConnectionRoom? room, TimeProvider time, ILogger logger) : IConnectionListener
{
    /// <summary>When the process is out of descriptors every accept fails at once: wait for some to close.</summary>
    private static readonly TimeSpan AfterError = TimeSpan.FromMilliseconds(50);

    private readonly LogThrottle _throttle = new(time, burst: 1, window: TimeSpan.FromMinutes(1));

    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                if (Admit(await socket.AcceptAsync(cancellationToken)) is { } connection)
                    return connection;
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException e)
            {
                if (_throttle.Allow(out var suppressed))
                    ConnectionLog.AcceptFailed(logger, EndPoint, e.Message, suppressed);
                await Task.Delay(AfterError, time, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();

    /// <summary>Before the next one is accepted: to close those too many later, on the pool, would be too late on a busy machine. Null when there is no room.</summary>
    private DirectConnection? Admit(Socket accepted)
    {
        if (room?.TryEnter() == false)
        {
            accepted.Dispose();
            return null;
        }

        try
        {
            if (accepted.ProtocolType == ProtocolType.Tcp)
                accepted.NoDelay = true;
            return new DirectConnection(accepted, room);
        }
        catch
        {
            // Reset already, as may be.
            accepted.Dispose();
            room?.Leave();
            throw;
        }
    }
}
