using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>Gathers what is written and sends it when it is flushed. Holds a buffer only in between.</summary>
internal sealed class SocketPipeWriter(Socket socket) : PipeWriter
{
    private const int InitialSize = 4096;

    private byte[]? _buffer;
    private int _length;
    private bool _gone;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _length;

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, (_buffer?.Length ?? 0) - _length);
        _length += bytes;
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => Room(sizeHint).AsMemory(_length);

    public override Span<byte> GetSpan(int sizeHint = 0) => Room(sizeHint).AsSpan(_length);

    /// <summary>Completed when the client is gone.</summary>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (_length == 0 || _gone)
        {
            Release();
            return new ValueTask<FlushResult>(new FlushResult(isCanceled: false, _gone));
        }

        ValueTask<int> send;
        try
        {
            send = socket.SendAsync(_buffer.AsMemory(0, _length), SocketFlags.None, cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            return new ValueTask<FlushResult>(Gone());
        }

        if (!send.IsCompletedSuccessfully)
            return SendRestAsync(send, cancellationToken);
        var sent = send.Result;
        if (sent < _length)
            return SendRestAsync(new ValueTask<int>(sent), cancellationToken);
        Release();
        return new ValueTask<FlushResult>(default(FlushResult));
    }

    public override void CancelPendingFlush()
    {
    }

    public override void Complete(Exception? exception = null) => Release();

    private async ValueTask<FlushResult> SendRestAsync(ValueTask<int> first, CancellationToken cancellationToken)
    {
        try
        {
            var sent = await first;
            while (sent < _length)
                sent += await socket.SendAsync(_buffer.AsMemory(sent, _length - sent), SocketFlags.None, cancellationToken);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return Gone();
        }

        Release();
        return default;
    }

    private FlushResult Gone()
    {
        _gone = true;
        Release();
        return new FlushResult(isCanceled: false, isCompleted: true);
    }

    private byte[] Room(int sizeHint)
    {
        var needed = _length + Math.Max(1, sizeHint);
        if (_buffer is null)
            return _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(InitialSize, needed));
        if (_buffer.Length >= needed)
            return _buffer;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, needed));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        return _buffer = larger;
    }

    private void Release()
    {
        _length = 0;
        if (_buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
