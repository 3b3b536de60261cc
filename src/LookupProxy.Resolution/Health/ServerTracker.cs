using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Caching;

namespace LookupProxy.Resolution.Health;

/// <summary>What has been seen of one server. Numbers may lag behind one another by a question; nothing is decided on them but whom to ask first.</summary>
internal sealed class ServerTracker(SheetClock clock)
{
    /// <summary>Weight of the newest answer in the moving average.</summary>
    private const double Weight = 0.2;

    private volatile ErrorNote? _error;
    private long _successAt = long.MinValue;
    private long _successDate;
    private double _latency = -1;
    private long _busySince;
    private int _outstanding;

    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>Ticks of the clock; null before the first.</summary>
    public long? LastSuccessAt => Interlocked.Read(ref _successAt) is var at && at == long.MinValue ? null : at;

    public DateTimeOffset? LastSuccess => LastSuccessAt is null ? null : new DateTimeOffset(Interlocked.Read(ref _successDate), TimeSpan.Zero);

    public DateTimeOffset? LastErrorAt => _error?.At;

    public string? LastError => _error?.Text;

    public TimeSpan? Latency => Volatile.Read(ref _latency) is var ticks && ticks < 0 ? null : TimeSpan.FromTicks((long)ticks);

    /// <summary>How long questions have been outstanding without an answer to any; zero when none is. Ticks.</summary>
    public long Silence => Outstanding == 0 ? 0 : clock.Now - Math.Max(Interlocked.Read(ref _busySince), Interlocked.Read(ref _successAt));

    public void Started()
    {
        if (Interlocked.Increment(ref _outstanding) == 1)
            Interlocked.Exchange(ref _busySince, clock.Now);
    }

    /// <param name="took">Ticks.</param>
    public void Ended(Answer answer, long took)
    {
        Interlocked.Decrement(ref _outstanding);
        if (answer is Answer.Unknown unknown)
        {
            // Our own refusals are no news of the server.
            if (unknown.Reason is not (UnknownReason.CircuitOpen or UnknownReason.Isolated))
                Failed(unknown);
            return;
        }

        var before = Volatile.Read(ref _latency);
        Volatile.Write(ref _latency, before < 0 ? took : before + (Weight * (took - before)));
        Succeeded();
    }

    /// <summary>An answer or a probe.</summary>
    public void Succeeded()
    {
        Interlocked.Exchange(ref _successDate, clock.Time.GetUtcNow().Ticks);
        Interlocked.Exchange(ref _successAt, clock.Now);
    }

    public void Failed(Answer.Unknown why) => _error = new ErrorNote(clock.Time.GetUtcNow(), $"{MetricWords.Of(why.Reason)}: {why.Detail}");

    private sealed record ErrorNote(DateTimeOffset At, string Text);
}
