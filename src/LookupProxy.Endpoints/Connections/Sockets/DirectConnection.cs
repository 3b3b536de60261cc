using System.IO.Pipelines;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>One accepted socket. Kestrel gives it its identity and ends it.</summary>
internal sealed class DirectConnection : DefaultConnectionContext, IDuplexPipe, IConnectionSocketFeature
{
    private readonly SocketPipeReader _input;
    private readonly SocketPipeWriter _output;
    private int _closed;

    public DirectConnection(Socket socket)
        : base(Guid.NewGuid().ToString("N"))
    {
        Socket = socket;
        _input = new SocketPipeReader(socket);
        _output = new SocketPipeWriter(socket);
        Transport = this;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        Features.Set<IConnectionSocketFeature>(this);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    public Socket Socket { get; }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Close();
        base.Abort(abortReason);
    }

    public override async ValueTask DisposeAsync()
    {
        Close();
        _input.Dispose();
        await base.DisposeAsync();
    }

    private void Close()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        try
        {
            Socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The client has gone already.
        }

        Socket.Dispose();
    }
}
