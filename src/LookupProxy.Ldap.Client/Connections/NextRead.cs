using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace LookupProxy.Ldap.Client.Connections;

/// <summary>
/// Waits for the next bytes, and tells the searches that the last ones answered: on this thread, and where it has to wait once it is free because whoever
/// brings the next bytes takes up the read. To wake a thread of the pool for each would cost more than what it has to do.
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
            foreach (var one in answered)
                one.Tell(onThisThread: true);
            answered.Clear();
            return true;
        }
    }

    public NextRead GetAwaiter() => this;

    public ReadResult GetResult() => read.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        // From the moment the continuation is registered, the list belongs to it.
        PendingOperation[] mine = answered.Count > 0 ? [.. answered] : [];
        answered.Clear();
        read.GetAwaiter().UnsafeOnCompleted(continuation);
        foreach (var one in mine)
            one.Tell(onThisThread: true);
    }
}
