using System.Collections.Concurrent;

namespace LookupProxy.Resolution.Tests.Simulation;

/// <summary>Runs all continuations on one thread, in the order in which they were posted: the same test takes the same path each time.</summary>
internal sealed class Pump : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _posted.Add((d, state));
        }
        catch (ObjectDisposedException)
        {
            // The test is over.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what is posted, and what that posts.</summary>
    public void Drain()
    {
        while (_posted.TryTake(out var item))
            item.Callback(item.State);
    }

    /// <summary>For work that another thread has to post. False when nothing came.</summary>
    public bool DrainOne(TimeSpan patience)
    {
        if (!_posted.TryTake(out var item, patience))
            return false;
        item.Callback(item.State);
        return true;
    }

    public void Dispose() => _posted.Dispose();
}
