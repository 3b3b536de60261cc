using System.IO.Pipelines;
using System.Text;
using LookupProxy.TestKit.Time;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace LookupProxy.Endpoints.Tests.Connections;

/// <summary>
/// A connection in memory, with what Kestrel gives one: a heartbeat, a request to end, an abort. Its pipes run inline: when a call of the client's side
/// returns, the server has done all that it can do.
/// </summary>
internal sealed class TestConnection : ConnectionContext, IConnectionHeartbeatFeature, IConnectionLifetimeNotificationFeature
{
    private readonly Pipe _toServer;
    private readonly Pipe _toClient;
    private readonly CancellationTokenSource _closeRequested = new();
    private readonly List<(Action<object> Action, object State)> _beats = [];
    private readonly StringBuilder _received = new();

    /// <param name="window">Bytes that the client lets lie unread before the server's writes wait.</param>
    public TestConnection(int window = 64 * 1024)
    {
        _toServer = new Pipe(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        _toClient = new Pipe(new PipeOptions(
            readerScheduler: PipeScheduler.Inline,
            writerScheduler: PipeScheduler.Inline,
            pauseWriterThreshold: window,
            resumeWriterThreshold: window / 2,
            useSynchronizationContext: false));
        Transport = new Duplex(_toServer.Reader, _toClient.Writer);
        Features.Set<IConnectionHeartbeatFeature>(this);
        Features.Set<IConnectionLifetimeNotificationFeature>(this);
    }

    public override IDuplexPipe Transport { get; set; }

    public override string ConnectionId { get; set; } = "test";

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public CancellationToken ConnectionClosedRequested
    {
        get => _closeRequested.Token;
        set => throw new NotSupportedException();
    }

    public bool Aborted { get; private set; }

    public Task Served { get; private set; } = Task.CompletedTask;

    /// <summary>Closed by the server's own decision, and not cut.</summary>
    public bool IsClosed => Served.IsCompletedSuccessfully && !Aborted;

    public TestConnection ServedBy(ConnectionHandler handler)
    {
        Served = RunAsync(handler);
        return this;
    }

    public void Send(string text) => Send(Encoding.UTF8.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_toServer.Writer.GetSpan(Math.Max(1, bytes.Length)));
        _toServer.Writer.Advance(bytes.Length);
        var flush = _toServer.Writer.FlushAsync().AsTask();
        Assert.True(flush.IsCompletedSuccessfully, "The server has stopped reading.");
    }

    /// <summary>The client's FIN: it sends no more and still reads.</summary>
    public void EndSending() => _toServer.Writer.Complete();

    public void Reset() => _toServer.Writer.Complete(new ConnectionResetException("reset"));

    /// <summary>The client's side of what the server sends, for clients that read bytes.</summary>
    public PipeReader Receiver => _toClient.Reader;

    /// <summary>What has come since the last call.</summary>
    public string Received()
    {
        while (_toClient.Reader.TryRead(out var read))
        {
            _received.Append(Encoding.UTF8.GetString(read.Buffer));
            _toClient.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }

        var text = _received.ToString();
        _received.Clear();
        return text;
    }

    public void Beat()
    {
        foreach (var (action, state) in _beats)
            action(state);
    }

    /// <summary>Lets time pass as Kestrel does, with a beat each second.</summary>
    public void Pass(ManualTimeProvider time, TimeSpan span)
    {
        for (var at = TimeSpan.Zero; at < span; at += TimeSpan.FromSeconds(1))
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Beat();
        }
    }

    /// <summary>The server is stopping.</summary>
    public void RequestClose() => _closeRequested.Cancel();

    public void OnHeartbeat(Action<object> action, object state) => _beats.Add((action, state));

    public override void Abort(ConnectionAbortedException abortReason)
    {
        Aborted = true;
        _toServer.Writer.Complete(abortReason);
        _toClient.Reader.Complete();
    }

    private async Task RunAsync(ConnectionHandler handler)
    {
        await handler.OnConnectedAsync(this);
        await Transport.Input.CompleteAsync();
        await Transport.Output.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
