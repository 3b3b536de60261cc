using System.Buffers;
using System.IO.Pipelines;
using LookupProxy.Ldap.Codec;

namespace LookupProxy.Ldap.Client.Sessions;

/// <summary>
/// Messages as somebody wants them: the socket is read only when what it brought last is used up. The clock runs only while a read waits.
/// </summary>
internal sealed class SessionInput : IDisposable
{
    private readonly PipeReader _input;
    private readonly string _server;
    private readonly TimeProvider _time;
    private readonly LdapMessageReader _codec;
    private readonly ITimer _timer;
    private ReadOnlySequence<byte> _buffer;
    private bool _isHeld;
    private bool _isOver;
    private bool _isAborted;
    private bool _waits;
    private long _since;

    public SessionInput(PipeReader input, string server, int maxMessageBytes, TimeProvider time)
    {
        _input = input;
        _server = server;
        _time = time;
        _codec = new LdapMessageReader(new LdapCodecLimits { MaxMessageBytes = maxMessageBytes });
        _timer = time.CreateTimer(static state => ((SessionInput)state!).Expired(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What has come already.</summary>
    public bool TryTake(out Received received)
    {
        received = default;
        if (_buffer.IsEmpty)
            return false;
        var status = _codec.TryRead(ref _buffer, out var message, out var fault);
        if (status == ReadStatus.NeedMore)
            return false;
        received = status == ReadStatus.Done
            ? new(message, null)
            : new(null, new LdapFault(LdapFaultKind.ProtocolError, $"{_server} does not speak LDAP as it should: {fault}"));
        return true;
    }

    /// <summary>The next message, which <see cref="TryTake"/> did not have.</summary>
    public async ValueTask<Received> WaitAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_isHeld)
                _input.AdvanceTo(_buffer.Start, _buffer.End);
            var isInMidMessage = _isHeld && !_buffer.IsEmpty;
            _isHeld = false;
            _buffer = default;
            if (_isOver)
                return Lost(isInMidMessage ? "closed in the middle of a message" : "closed by the server");

            var result = await ReadPipeAsync(silence, cancellationToken);
            _buffer = result.Buffer;
            _isHeld = true;
            _isOver = result.IsCompleted;
            if (Volatile.Read(ref _isAborted))
                return Lost("the client was closed");
            if (result.IsCanceled && _time.GetElapsedTime(_since) >= silence / 2)
                return new(null, new LdapFault(LdapFaultKind.Silence, $"{_server} sent nothing for {silence.TotalSeconds:0.###} s"));
            if (TryTake(out var received))
                return received;
        }
    }

    /// <summary>From any thread: the read under way, or else the next, ends as if the connection were lost.</summary>
    public void Abort()
    {
        Volatile.Write(ref _isAborted, true);
        _input.CancelPendingRead();
    }

    public void Dispose() => _timer.Dispose();

    private async ValueTask<ReadResult> ReadPipeAsync(TimeSpan silence, CancellationToken cancellationToken)
    {
        _since = _time.GetTimestamp();
        var read = _input.ReadAsync(cancellationToken);
        if (read.IsCompleted)
            return await read;
        Volatile.Write(ref _waits, true);
        _timer.Change(silence, Timeout.InfiniteTimeSpan);
        ReadResult result;
        try
        {
            result = await read;
        }
        finally
        {
            Volatile.Write(ref _waits, false);
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        // Whoever brought the bytes may serve every socket of the process, and what is made of a reading takes long: a copy of millions, and its file.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        return result;
    }

    /// <summary>A timer that comes too late for its read wakes the next one, which sees that it has only just begun, and goes on.</summary>
    private void Expired()
    {
        if (Volatile.Read(ref _waits))
            _input.CancelPendingRead();
    }

    private Received Lost(string why) => new(null, new LdapFault(LdapFaultKind.ConnectionLost, $"connection to {_server} lost: {why}"));
}
