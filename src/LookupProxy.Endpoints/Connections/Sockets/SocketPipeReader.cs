using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;
using Microsoft.AspNetCore.Connections;

namespace LookupProxy.Endpoints.Connections.Sockets;

/// <summary>
/// Reads a socket when it is asked to, into one buffer that its reader sees: no pump between the two, so no change of thread and no copy.
/// It never reads ahead, so a client that sends faster than it is answered is held back by TCP.
/// </summary>
internal sealed class SocketPipeReader : PipeReader, IValueTaskSource<ReadResult>, IDisposable
{
    private const int InitialSize = 4096;

    private readonly Socket _socket;
    private readonly Receiver _receiver;
    private readonly Lock _lock = new();
    private ManualResetValueTaskSourceCore<ReadResult> _waiter;
    private byte[] _buffer = GC.AllocateUninitializedArray<byte>(InitialSize);

    // In the buffer: what is not consumed begins at _start and ends at _end; the reader has seen it up to _examined.
    private int _start;
    private int _examined;
    private int _end;

    /// <summary>A receive is under way into the buffer from _end on: the buffer must stay where it is.</summary>
    private bool _receiving;
    private bool _waiting;
    private bool _cancelled;
    private bool _ended;
    private Exception? _error;

    public SocketPipeReader(Socket socket)
    {
        _socket = socket;
        _receiver = new Receiver(this);
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.CanBeCanceled)
            return ReadCancellableAsync(cancellationToken);
        lock (_lock)
        {
            if (TryTake_NeedsLock(out var result))
                return new ValueTask<ReadResult>(result);
            if (!_receiving && Receive_NeedsLock() && TryTake_NeedsLock(out result))
                return new ValueTask<ReadResult>(result);
            _waiting = true;
            _waiter.Reset();
            return new ValueTask<ReadResult>(this, _waiter.Version);
        }
    }

    public override bool TryRead(out ReadResult result)
    {
        lock (_lock)
            return TryTake_NeedsLock(out result);
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        lock (_lock)
        {
            _start = consumed.GetInteger();
            _examined = examined.GetInteger();
        }
    }

    public override void CancelPendingRead()
    {
        ReadResult result;
        lock (_lock)
        {
            _cancelled = true;
            if (!_waiting)
                return;
            _waiting = false;
            TryTake_NeedsLock(out result);
        }

        // On a thread of its own: the caller may be a timer that serves many.
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Reader._waiter.SetResult(state.Result), (Reader: this, Result: result), preferLocal: false);
    }

    public override void Complete(Exception? exception = null)
    {
    }

    ReadResult IValueTaskSource<ReadResult>.GetResult(short token) => _waiter.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<ReadResult>.GetStatus(short token) => _waiter.GetStatus(token);

    void IValueTaskSource<ReadResult>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiter.OnCompleted(continuation, state, token, flags);

    public void Dispose() => _receiver.Dispose();

    private async ValueTask<ReadResult> ReadCancellableAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ReadResult result;
        await using (cancellationToken.UnsafeRegister(static reader => ((SocketPipeReader)reader!).CancelPendingRead(), this))
            result = await ReadAsync(CancellationToken.None);
        if (result.IsCanceled && cancellationToken.IsCancellationRequested)
        {
            AdvanceTo(result.Buffer.Start);
            throw new OperationCanceledException(cancellationToken);
        }

        return result;
    }

    /// <summary>What can be given without waiting: a cancellation, bytes not seen yet, or the end.</summary>
    private bool TryTake_NeedsLock(out ReadResult result)
    {
        if (!_cancelled && _examined == _end && !_ended)
        {
            result = default;
            return _error is not null ? throw _error : false;
        }

        result = new ReadResult(new ReadOnlySequence<byte>(_buffer, _start, _end - _start), _cancelled, _ended);
        _cancelled = false;
        return true;
    }

    /// <summary>True when it completed at once.</summary>
    private bool Receive_NeedsLock()
    {
        MakeRoom_NeedsLock();
        _receiver.Into(_buffer, _end);
        try
        {
            _receiving = _socket.ReceiveAsync(_receiver);
        }
        catch (ObjectDisposedException)
        {
            _error = new ConnectionAbortedException();
            return true;
        }

        if (_receiving)
            return false;
        Take_NeedsLock();
        return true;
    }

    private void MakeRoom_NeedsLock()
    {
        if (_start == _end)
        {
            _start = _examined = _end = 0;
            return;
        }

        if (_end < _buffer.Length)
            return;
        var target = _start == 0 ? GC.AllocateUninitializedArray<byte>(_buffer.Length * 2) : _buffer;
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _buffer = target;
        _examined -= _start;
        _end -= _start;
        _start = 0;
    }

    private void Take_NeedsLock()
    {
        _receiving = false;
        switch (_receiver.SocketError)
        {
            case SocketError.Success:
                _ended = _receiver.BytesTransferred == 0;
                _end += _receiver.BytesTransferred;
                break;
            case SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted:
                _error = new ConnectionResetException(_receiver.SocketError.ToString());
                break;
            case SocketError.OperationAborted or SocketError.Interrupted:
                _error = new ConnectionAbortedException();
                break;
            default:
                _error = new IOException(_receiver.SocketError.ToString(), new SocketException((int)_receiver.SocketError));
                break;
        }
    }

    private void Completed()
    {
        ReadResult result = default;
        Exception? error;
        lock (_lock)
        {
            Take_NeedsLock();
            if (!_waiting)
                return;
            _waiting = false;
            error = _error;
            if (error is null)
                TryTake_NeedsLock(out result);
        }

        if (error is null)
            _waiter.SetResult(result);
        else
            _waiter.SetException(error);
    }

    private sealed class Receiver(SocketPipeReader reader) : SocketAsyncEventArgs(true)
    {
        private byte[]? _buffer;
        private int _offset;

        public void Into(byte[] buffer, int offset)
        {
            if (ReferenceEquals(_buffer, buffer) && _offset == offset)
                return;
            SetBuffer(buffer, offset, buffer.Length - offset);
            (_buffer, _offset) = (buffer, offset);
        }

        protected override void OnCompleted(SocketAsyncEventArgs e) => reader.Completed();
    }
}
