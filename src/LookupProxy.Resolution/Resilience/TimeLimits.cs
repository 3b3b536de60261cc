using System.Collections.Concurrent;

namespace LookupProxy.Resolution.Resilience;

/// <summary>Tokens that are cancelled after one and the same time. They are used again, so that a question makes no timer.</summary>
internal sealed class TimeLimits(TimeSpan limit, TimeProvider time)
{
    /// <summary>About what a server may have outstanding; the rest is left to the collector.</summary>
    private const int MaxKept = 256;

    private readonly ConcurrentQueue<CancellationTokenSource> _kept = [];

    /// <param name="cutOff">Cancels it before its time.</param>
    public TimeLimit Begin(CancellationToken cutOff)
    {
        if (_kept.TryDequeue(out var source))
            source.CancelAfter(limit);
        else
            source = new CancellationTokenSource(limit, time);
        return new TimeLimit(source, cutOff.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), source));
    }

    /// <summary>What was cancelled, or is being so at this moment, is not used again.</summary>
    public void End(in TimeLimit ended)
    {
        var isUnlinked = ended.Registration.Unregister() || !ended.Registration.Token.CanBeCanceled;
        if (isUnlinked && _kept.Count < MaxKept && ended.Source.TryReset())
            _kept.Enqueue(ended.Source);
        else if (isUnlinked)
            ended.Source.Dispose();
    }
}
