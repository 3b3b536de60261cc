using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Waits for the next bytes, and tells the searches that the last ones answered: all but one on the pool, and that one on this thread, as soon as the
/// thread is free because another will take up the read. A lone search, the usual case, so costs no change of thread.
/// </summary>
/// <param name="answered">Emptied.</param>
internal readonly struct NextRead(ValueTask<ReadResult> read, List<PendingOperation> answered) : ICriticalNotifyCompletion
{
    public bool IsCompleted
    {
        get
        {
            if (!read.IsCompleted)
                return false;
            TellOnThePool(answered.Count);
            return true;
        }
    }

    public NextRead GetAwaiter() => this;

    public ReadResult GetResult() => read.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        // From the moment the continuation is registered, the list belongs to it.
        var mine = answered.Count > 0 ? answered[^1] : null;
        TellOnThePool(answered.Count - 1);
        read.GetAwaiter().UnsafeOnCompleted(continuation);
        mine?.Tell(onThisThread: true);
    }

    private void TellOnThePool(int count)
    {
        for (var i = 0; i < count; i++)
            answered[i].Tell(onThisThread: false);
        answered.Clear();
    }
}
