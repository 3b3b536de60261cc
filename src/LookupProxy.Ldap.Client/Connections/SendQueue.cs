using System.Buffers;
using LookupProxy.Ldap.Codec;
using LookupProxy.Ldap.Messages;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Messages on their way out. Whoever enqueues first writes; what others enqueue meanwhile goes out with the next write. Nobody waits.
/// </summary>
/// <param name="onFailure">Called once, when the stream takes no more.</param>
internal sealed class SendQueue(Stream stream, Action<Exception> onFailure) : IThreadPoolWorkItem
{
    /// <summary>Unsent octets beyond which the server is taken not to read. A lookup has some 300.</summary>
    public const int MaxUnsentBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private ArrayBufferWriter<byte> _filling = new(InitialBytes);
    private ArrayBufferWriter<byte> _sending = new(InitialBytes);
    private bool _isWriting;
    private bool _isClosed;
    private TaskCompletionSource? _idle;

    private const int InitialBytes = 4096;

    /// <summary>False when the server reads too slowly or the queue is closed: the message will not be sent.</summary>
    public bool TryEnqueue(LdapMessage message)
    {
        lock (_gate)
        {
            if (_isClosed || _filling.WrittenCount >= MaxUnsentBytes)
                return false;
            LdapMessageWriter.Write(_filling, message);
            if (_isWriting)
                return true;
            _isWriting = true;
        }

        WriteFirst();
        return true;
    }

    /// <summary>Takes no more; completes when all is written or has failed.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isWriting)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = WriteAllAsync();

    /// <summary>The caller of a search writes once at most: what came in meanwhile is the pool's work.</summary>
    private void WriteFirst()
    {
        ValueTask written;
        try
        {
            written = stream.WriteAsync(Swap());
            if (!written.IsCompletedSuccessfully)
            {
                _ = FinishFirstAsync(written);
                return;
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        if (HasMore())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task FinishFirstAsync(ValueTask written)
    {
        try
        {
            await written;
        }
        catch (Exception exception)
        {
            Fail(exception);
            return;
        }

        if (HasMore())
            await WriteAllAsync();
    }

    private async Task WriteAllAsync()
    {
        try
        {
            do
                await stream.WriteAsync(Swap());
            while (HasMore());
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    private ReadOnlyMemory<byte> Swap()
    {
        lock (_gate)
        {
            (_filling, _sending) = (_sending, _filling);
            return _sending.WrittenMemory;
        }
    }

    /// <summary>Ends the writing when there is nothing more to write.</summary>
    private bool HasMore()
    {
        lock (_gate)
        {
            _sending.ResetWrittenCount();
            if (_filling.WrittenCount > 0)
                return true;
            End_NeedsLock();
            return false;
        }
    }

    private void Fail(Exception exception)
    {
        lock (_gate)
        {
            _isClosed = true;
            End_NeedsLock();
        }

        onFailure(exception);
    }

    private void End_NeedsLock()
    {
        _isWriting = false;
        _idle?.TrySetResult();
    }
}
