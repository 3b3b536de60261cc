using LookupProxy.Resolution.Timing;

namespace LookupProxy.Resolution.Resilience;

/// <summary>Bounds the questions that one server has before it, with a short queue; the rest is turned away at once.</summary>
/// <param name="maxWait">For a place, in the queue.</param>
internal sealed class OutstandingGate(int places, int queueLimit, TimeSpan maxWait, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TimedSignal> _queue = [];
    private int _free = Math.Max(places, 1);

    /// <summary>True when there was a place, which <see cref="Leave"/> gives back.</summary>
    public ValueTask<bool> EnterAsync()
    {
        LinkedListNode<TimedSignal> waiter;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new(true);
            }

            if (_queue.Count >= queueLimit)
                return new(false);
            waiter = _queue.AddLast(new TimedSignal(maxWait, time, CancellationToken.None));
        }

        return WaitAsync(waiter);
    }

    public void Leave()
    {
        TimedSignal next;
        lock (_gate)
        {
            if (_queue.First is not { } first)
            {
                _free++;
                return;
            }

            _queue.RemoveFirst();
            next = first.Value;
        }

        next.Set();
    }

    private async ValueTask<bool> WaitAsync(LinkedListNode<TimedSignal> waiter)
    {
        using var signal = waiter.Value;
        if (await signal.Task)
            return true;
        lock (_gate)
        {
            // Out of the queue already: a place was given to it just as its time ran out.
            if (waiter.List is null)
                return true;
            _queue.Remove(waiter);
            return false;
        }
    }
}
