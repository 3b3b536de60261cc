using System.Collections.Immutable;
using LookupProxy.Core.Overrides;
using LookupProxy.Core.Storage;

namespace LookupProxy.Storage.Sqlite;

/// <summary>Something besides a sheet that the writer is to do, and that somebody waits for.</summary>
internal abstract class WriteOrder
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public void SetDone() => _done.TrySetResult();

    public sealed class Forget(FlushScope scope) : WriteOrder
    {
        public FlushScope Scope => scope;
    }

    public sealed class KeepOverride(Override entry) : WriteOrder
    {
        public Override Entry => entry;
    }

    public sealed class RemoveOverride(string address) : WriteOrder
    {
        public string Address => address;
    }

    public sealed class LoadOverrides : WriteOrder
    {
        public ImmutableArray<Override> Loaded { get; set; } = [];
    }
}
