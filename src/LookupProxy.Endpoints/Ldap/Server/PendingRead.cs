using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LookupProxy.Endpoints.Ldap.Server;

/// <summary>A read that the loop need not wait for: it sets the signal when there are bytes.</summary>
internal sealed class PendingRead
{
    private readonly Action _done;
    private ConfiguredValueTaskAwaitable<ReadResult>.ConfiguredValueTaskAwaiter _awaiter;
    private bool _isDone;

    public PendingRead(LoopSignal signal) => _done = () =>
    {
        Volatile.Write(ref _isDone, true);
        signal.Set();
    };

    public bool IsUnderWay { get; private set; }

    public bool IsDone => Volatile.Read(ref _isDone);

    public void Begin(ValueTask<ReadResult> read)
    {
        IsUnderWay = true;
        _awaiter = read.ConfigureAwait(false).GetAwaiter();
        if (_awaiter.IsCompleted)
            _isDone = true;
        else
            _awaiter.UnsafeOnCompleted(_done);
    }

    /// <summary>What it brought, once it is done. Throws what it threw.</summary>
    public ReadResult Take()
    {
        IsUnderWay = _isDone = false;
        return _awaiter.GetResult();
    }
}
