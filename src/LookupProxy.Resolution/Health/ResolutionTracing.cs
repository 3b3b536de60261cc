using System.Diagnostics;
using LookupProxy.Core.Recipients;

namespace LookupProxy.Resolution.Health;

/// <summary>Spans of lookups for which a directory is asked. They carry no address.</summary>
internal sealed class ResolutionTracing : IDisposable
{
    public const string SourceName = "LookupProxy";

    private readonly ActivitySource _source = new(SourceName);

    public Activity? StartLookup(string ns) => _source.StartActivity("lookup")?.SetTag("lookupproxy.namespace", ns);

    public Activity? StartQuestion(string directory) =>
        _source.StartActivity("ask directory", ActivityKind.Client)?.SetTag("lookupproxy.directory", directory);

    public static void End(Activity? question, Answer answer)
    {
        if (question is null)
            return;
        question.SetTag("lookupproxy.answer", MetricWords.Of(answer));
        if (answer is Answer.Unknown unknown)
            question.SetTag("lookupproxy.reason", MetricWords.Of(unknown.Reason)).SetStatus(ActivityStatusCode.Error, unknown.Detail);
        question.Dispose();
    }

    public void Dispose() => _source.Dispose();
}
