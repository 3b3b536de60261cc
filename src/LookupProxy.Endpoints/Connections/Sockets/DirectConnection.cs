using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>One accepted socket. Kestrel runs it and ends it.</summary>
internal sealed class DirectConnection :
    ConnectionContext,
    IDuplexPipe,
    IConnectionIdFeature,
    IConnectionTransportFeature,
    IConnectionItemsFeature,
    IConnectionLifetimeFeature,
    IConnectionEndPointFeature,
    IConnectionSocketFeature
{
    private static long _count;

    /// <summary>Never disposed: it holds no timer, and whoever was told of the end may still look at it.</summary>
    private readonly CancellationTokenSource _ended = new();
    private readonly SocketPipeReader _input;
    private readonly SocketPipeWriter _output;
    private readonly IConnectionRoom? _room;
    private int _closed;

    /// <param name="room">That it takes, until it is closed.</param>
    public DirectConnection(Socket socket, IConnectionRoom? room = null)
    {
        Socket = socket;
        _room = room;
        _input = new SocketPipeReader(socket);
        _output = new SocketPipeWriter(socket);
        Transport = this;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _ended.Token;
        Features.Set<IConnectionIdFeature>(this);
        Features.Set<IConnectionTransportFeature>(this);
        Features.Set<IConnectionItemsFeature>(this);
        Features.Set<IConnectionLifetimeFeature>(this);
        Features.Set<IConnectionEndPointFeature>(this);
        Features.Set<IConnectionSocketFeature>(this);
    }

    public PipeReader Input => _input;

    public PipeWriter Output => _output;

    public Socket Socket { get; }

    public override string ConnectionId { get; set; } = $"direct-{Interlocked.Increment(ref _count)}";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => Close();

    public override ValueTask DisposeAsync()
    {
        Close();
        _input.Dispose();
        return base.DisposeAsync();
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
        _room?.Leave();
        _ = _ended.CancelAsync();
    }
}
