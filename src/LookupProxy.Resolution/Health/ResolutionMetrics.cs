using System.Diagnostics.Metrics;
using LookupProxy.Core.Recipients;
using LookupProxy.Resolution.Federation;
using LookupProxy.Resolution.Storing;

namespace LookupProxy.Resolution.Health;

/// <summary>What is counted and measured. Times are seconds.</summary>
internal sealed class ResolutionMetrics : IDisposable
{
    public const string MeterName = "LookupProxy.Resolution";

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8],
    };

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _lookups;
    private readonly Histogram<double> _lookupDuration;
    private readonly Counter<long> _answers;
    private readonly Histogram<double> _directoryDuration;
    private readonly Counter<long> _hedges;
    private readonly Counter<long> _refreshes;
    private readonly Counter<long> _storeReads;
    private readonly Histogram<double> _storeDuration;

    public ResolutionMetrics()
    {
        _lookups = _meter.CreateCounter<long>("lookupproxy.lookups", "{lookup}", "Lookups by namespace, verdict and where it came from.");
        _lookupDuration = _meter.CreateHistogram("lookupproxy.lookup.duration", "s", "Lookups for which memory was not enough.", null, Seconds);
        _answers = _meter.CreateCounter<long>("lookupproxy.directory.answers", "{answer}", "What directories said when asked, and why they could not.");
        _directoryDuration = _meter.CreateHistogram("lookupproxy.directory.duration", "s", "Time a directory took to answer, its replicas together.", null, Seconds);
        _hedges = _meter.CreateCounter<long>("lookupproxy.directory.hedges", "{question}", "Questions put to a further replica because one was slow or could not say.");
        _refreshes = _meter.CreateCounter<long>("lookupproxy.refreshes", "{refresh}", "Background questions for addresses in use whose answer will soon be old.");
        _storeReads = _meter.CreateCounter<long>("lookupproxy.store.reads", "{read}", "Looks into the store for addresses that memory could not decide, and what came of them.");
        _storeDuration = _meter.CreateHistogram("lookupproxy.store.duration", "s", "Time a look into the store took.", null, Seconds);
    }

    public void Lookup(LookupTags tags, VerdictKind kind, LookupSource source) => _lookups.Add(1, tags.For(kind, source));

    /// <param name="took">Ticks.</param>
    public void LiveLookup(LookupTags tags, VerdictKind kind, LookupSource source, long took)
    {
        Lookup(tags, kind, source);
        if (_lookupDuration.Enabled)
            _lookupDuration.Record(ToSeconds(took), tags.For(kind, source));
    }

    /// <param name="took">Ticks.</param>
    public void Answered(string directory, Answer answer, long took)
    {
        if (_answers.Enabled)
        {
            var reason = answer is Answer.Unknown unknown ? MetricWords.Of(unknown.Reason) : "";
            _answers.Add(1, new("directory", directory), new("answer", MetricWords.Of(answer)), new("reason", reason));
        }

        if (_directoryDuration.Enabled)
            _directoryDuration.Record(ToSeconds(took), new KeyValuePair<string, object?>("directory", directory));
    }

    /// <param name="took">Ticks.</param>
    public void StoreRead(StoreReadResult result, long took)
    {
        _storeReads.Add(1, new KeyValuePair<string, object?>("result", MetricWords.Of(result)));
        if (_storeDuration.Enabled)
            _storeDuration.Record(ToSeconds(took));
    }

    public void Hedged(string directory) => _hedges.Add(1, new KeyValuePair<string, object?>("directory", directory));

    public void Refreshed(NamespaceState ns) => _refreshes.Add(1, new KeyValuePair<string, object?>("namespace", ns.Name));

    /// <summary>Adds what is read when somebody looks.</summary>
    public void Observe(ResolutionGauges gauges) => gauges.AddTo(_meter);

    public void Dispose() => _meter.Dispose();

    private static double ToSeconds(long ticks) => (double)ticks / TimeSpan.TicksPerSecond;
}
