namespace LookupProxy.Ldap.Client.Tests.Connections;

/// <summary>Takes writes and completes none of them until told.</summary>
internal sealed class StalledStream : Stream
{
    private readonly TaskCompletionSource _released = new();

    /// <summary>Octets of each write.</summary>
    public List<int> Writes { get; } = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public void Release() => _released.SetResult();

    public void Fail(Exception exception) => _released.SetException(exception);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Writes.Add(buffer.Length);
        return new ValueTask(_released.Task);
    }

    public override void Flush()
    {
        // Nothing is buffered.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
