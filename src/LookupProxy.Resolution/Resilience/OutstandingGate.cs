namespace LookupProxy.Resolution.Resilience;

/// <summary>Bounds the questions that one server has before it, with a short queue; the rest is turned away at once.</summary>
/// <param name="maxWait">For a place, in the queue.</param>
internal sealed class OutstandingGate(int places, int queueLimit, TimeSpan maxWait, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(places, 1));
    private int _waiting;

    /// <summary>True when there was a place, which <see cref="Leave"/> gives back.</summary>
    public ValueTask<bool> EnterAsync() => _places.Wait(TimeSpan.Zero) ? new(true) : QueueAsync();

    public void Leave() => _places.Release();

    public void Dispose() => _places.Dispose();

    private async ValueTask<bool> QueueAsync()
    {
        if (Interlocked.Increment(ref _waiting) > queueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            return false;
        }

        try
        {
            using var limit = new CancellationTokenSource(maxWait, time);
            var place = _places.WaitAsync(limit.Token);
            await place.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            return place.IsCompletedSuccessfully;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
